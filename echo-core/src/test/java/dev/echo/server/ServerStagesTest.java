package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.metrics.EchoObserver;
import dev.echo.testing.Eventually;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.BlockingOperationException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A stage of a server completes, whatever happens, and means what it says. */
@Timeout(60)
@ParameterizedClass
@MethodSource("transports")
class ServerStagesTest {
  private static final String THROWN = "thrown by the test";

  @Parameter Transport transport;

  private EventLoopGroup group;

  static List<Transport> transports() {
    return Servers.transports();
  }

  @BeforeEach
  void start() {
    group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
  }

  @AfterEach
  void stop() throws Exception {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap().group(group).channel(transport.listenerType(Servers.ANYWHERE));
  }

  private static Throwable failure(CompletionStage<?> stage) throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    stage.whenComplete(
        (value, why) -> failure.complete(why == null ? new AssertionError("completed") : why));
    return failure.get(20, TimeUnit.SECONDS);
  }

  /** Seen red: it stayed pending. */
  @Test
  void doesNotStartOnLoopsThatWereShutDown() throws Exception {
    Bootstrap datagrams = new Bootstrap().group(group).channelFactory(transport.datagramChannels());
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();

    assertThat(failure(EchoServer.builder().listen(bootstrap(), Servers.ANYWHERE).start()))
        .isInstanceOf(ListenException.class)
        .hasMessage("cannot listen on tcp://127.0.0.1:0: its event loops have been shut down");
    assertThat(
            failure(EchoServer.builder().listen(datagrams, UdpEndpoint.of("127.0.0.1", 0)).start()))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("its event loops have been shut down");
  }

  @Test
  void tellsWhatAChannelFactoryThrows() throws Exception {
    ServerBootstrap broken =
        new ServerBootstrap()
            .group(group)
            .channelFactory(
                () -> {
                  throw new IllegalStateException(THROWN);
                });

    assertThat(failure(EchoServer.builder().listen(broken, Servers.ANYWHERE).start()))
        .isInstanceOf(ListenException.class)
        .hasStackTraceContaining(THROWN);
  }

  @Test
  void refusesWhatIsMissingAtOnce() {
    assertThatThrownBy(() -> EchoServer.builder().mode(null)).hasMessageContaining("mode");
    assertThatThrownBy(() -> EchoServer.builder().limits(null)).hasMessageContaining("limits");
    assertThatThrownBy(() -> EchoServer.builder().observer(null)).hasMessageContaining("observer");
    assertThatThrownBy(() -> EchoServer.builder().front(null)).hasMessageContaining("front");
    assertThatThrownBy(() -> EchoServer.builder().listen(null)).hasMessageContaining("endpoint");
  }

  /** Seen red: it went on listening. */
  @Test
  void aStartThatIsGivenUpLeavesNoListener() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    CompletableFuture<Void> blocked = new CompletableFuture<>();
    group.execute(blocked::join);
    CompletableFuture<EchoServer> starting =
        EchoServer.builder()
            .listen(bootstrap(), TcpEndpoint.of("127.0.0.1", port))
            .start()
            .toCompletableFuture();

    assertThat(starting.cancel(false)).isTrue();
    blocked.complete(null);

    group.submit(() -> {}).sync();
    Eventually.eventually("nothing listens", () -> canListen(port));
  }

  private static boolean canListen(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Seen red: the threads were alive for a moment after the stage. */
  @Test
  void hasEndedWhenItsThreadsHave() throws Exception {
    for (int i = 0; i < 20; i++) {
      List<Thread> before = threads();
      EchoServer server =
          Servers.start(EchoServer.builder().transport(transport).listen(Servers.ANYWHERE));
      List<Thread> own = threads();
      own.removeAll(before);
      assertThat(own).isNotEmpty();

      Servers.close(server);

      assertThat(own).noneMatch(Thread::isAlive);
    }
  }

  private static List<Thread> threads() {
    return new java.util.ArrayList<>(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("echo-"))
            .toList());
  }

  /** Seen red: it waited for itself for ever. */
  @Test
  void doesNotLetAnEventLoopWaitForItsOwnEnd() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<EchoServer> started = new CompletableFuture<>();
    EchoObserver closing =
        new EchoObserver() {
          @Override
          public void accepted(Channel connection) {
            try {
              started.join().close().toCompletableFuture().join();
            } catch (RuntimeException e) {
              thrown.complete(e);
            }
          }
        };
    EchoServer server =
        Servers.start(
            EchoServer.builder().transport(transport).listen(Servers.ANYWHERE).observer(closing));
    started.complete(server);

    try (Socket client = new Socket("127.0.0.1", Servers.port(server))) {
      assertThat(client.isConnected()).isTrue();
      assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(BlockingOperationException.class);
    }
    Servers.close(server);
  }
}
