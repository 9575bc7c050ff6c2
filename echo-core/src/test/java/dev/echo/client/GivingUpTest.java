package dev.echo.client;

import static dev.echo.client.Stages.await;
import static dev.echo.client.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.pipeline.ClientFront;
import dev.echo.testing.Eventually;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gives up a stage ends what it stood for. */
@Timeout(60)
@ParameterizedClass
@MethodSource("transports")
class GivingUpTest {
  private static final int CONNECTIONS = 20;
  private static final ClientConfig PATIENT =
      ClientConfig.builder().connectTimeout(Duration.ofMinutes(10)).build();

  @Parameter Transport transport;

  private final Queue<Channel> made = new ConcurrentLinkedQueue<>();
  private EventLoopGroup group;

  static List<Transport> transports() {
    return Stream.of(Transport.values()).filter(Transport::isAvailable).toList();
  }

  @BeforeEach
  void start() {
    group = new MultiThreadIoEventLoopGroup(2, transport.ioHandlers());
  }

  @AfterEach
  void stop() throws Exception {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  @Test
  void aCancelledConnectClosesItsSocket() throws Exception {
    try (FullBacklog listener = new FullBacklog()) {
      List<CompletableFuture<EchoClient>> all = connect(listener.endpoint());

      all.forEach(each -> each.cancel(false));

      assertThat(failure(all.get(0))).isInstanceOf(CancellationException.class);
      assertAllClosed();
    }
  }

  @Test
  void oneThatTakesTooLongClosesItsSocket() throws Exception {
    try (FullBacklog listener = new FullBacklog()) {
      List<CompletableFuture<EchoClient>> all = connect(listener.endpoint());

      all.forEach(each -> each.orTimeout(100, TimeUnit.MILLISECONDS));

      assertThat(failure(all.get(0))).isInstanceOf(TimeoutException.class);
      assertAllClosed();
    }
  }

  /** The connect itself succeeds; what is waited for is the peer's part of the handshake. */
  @Test
  void aCancelledHandshakeClosesItsSocket() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (String scheme : List.of("tls", "ws", "wss")) {
        Endpoint endpoint = Endpoint.parse(scheme + "://127.0.0.1:" + listener.getLocalPort());
        CompletableFuture<EchoClient> connecting =
            EchoClient.connect(bootstrap(endpoint), endpoint, PATIENT).toCompletableFuture();
        try (Socket accepted = listener.accept()) {
          connecting.cancel(false);

          Eventually.eventually(scheme + ": the peer sees the end", () -> hasEnded(accepted));
        }
      }
      assertAllClosed();
    }
  }

  @Test
  void givingUpAfterTheConnectChangesNothing() throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      CompletableFuture<EchoClient> connecting =
          EchoClient.connect(bootstrap(peer.endpoint()), peer.endpoint(), PATIENT)
              .toCompletableFuture();
      EchoClient client = await(connecting);

      assertThat(connecting.cancel(false)).isFalse();

      await(client.echo("Hello"));
      await(client.finish());
    }
  }

  @Test
  void aCancelledQuestionClosesItsSocket() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Endpoint endpoint = TcpEndpoint.of("127.0.0.1", silent.getLocalPort());
      CompletableFuture<Whoami> asking =
          Whoami.ask(
                  bootstrap(endpoint),
                  endpoint,
                  ClientFront.NONE,
                  PATIENT.connectTimeout(),
                  Duration.ofMinutes(10))
              .toCompletableFuture();
      try (Socket accepted = silent.accept()) {
        asking.cancel(false);

        Eventually.eventually("the peer sees the end", () -> hasEnded(accepted));
      }
    }
  }

  @Test
  void aClientWithALoopOfItsOwnEndsIt() throws Exception {
    try (FullBacklog listener = new FullBacklog()) {
      CompletableFuture<EchoClient> connecting =
          EchoClient.connect(listener.endpoint(), PATIENT).toCompletableFuture();

      connecting.cancel(false);

      Eventually.eventually("its thread ends", () -> !isAlive("echo-client"));
    }
  }

  private static boolean isAlive(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith(name));
  }

  private static boolean hasEnded(Socket socket) {
    try {
      socket.setSoTimeout(1_000);
      byte[] buffer = new byte[1024];
      int read = socket.getInputStream().read(buffer);
      return read < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private List<CompletableFuture<EchoClient>> connect(Endpoint endpoint) {
    List<CompletableFuture<EchoClient>> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      all.add(EchoClient.connect(bootstrap(endpoint), endpoint, PATIENT).toCompletableFuture());
    }
    return all;
  }

  private void assertAllClosed() {
    for (Channel each : made) {
      Eventually.eventually(each + " closes", () -> !each.isOpen());
    }
  }

  private Bootstrap bootstrap(Endpoint endpoint) {
    ChannelFactory<? extends Channel> channels = transport.channels(endpoint);
    return new Bootstrap()
        .group(group)
        .channelFactory(
            () -> {
              Channel channel = channels.newChannel();
              made.add(channel);
              return channel;
            });
  }

  /** A listener that never accepts, and whose backlog is full: a connect there takes long. */
  private static final class FullBacklog implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> backlog = new ArrayList<>();

    FullBacklog() throws IOException {
      boolean full = false;
      for (int i = 0; i < 16 && !full; i++) {
        Socket socket = new Socket();
        backlog.add(socket);
        try {
          socket.connect(listener.getLocalSocketAddress(), 200);
        } catch (IOException timeout) {
          full = true;
        }
      }
      assumeTrue(full, "this system's backlog does not fill");
    }

    Endpoint endpoint() {
      return Endpoint.of((InetSocketAddress) listener.getLocalSocketAddress());
    }

    @Override
    public void close() throws IOException {
      for (Socket each : backlog) {
        each.close();
      }
      listener.close();
    }
  }
}
