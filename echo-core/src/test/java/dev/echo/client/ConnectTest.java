package dev.echo.client;

import static dev.echo.client.Stages.await;
import static dev.echo.client.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectTest {
  private final List<MultiThreadIoEventLoopGroup> groups = new ArrayList<>();

  @AfterEach
  void stopLoops() throws Exception {
    for (MultiThreadIoEventLoopGroup group : groups) {
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void saysThatNobodyListens(Transport transport) throws Exception {
    assumeTrue(transport.isAvailable(), () -> transport + " is not available here");
    Endpoint endpoint = closed();

    UnreachableException why =
        failure(
            EchoClient.connect(bootstrap(transport), endpoint, ClientConfig.DEFAULT),
            UnreachableException.class);

    assertThat(why.reason()).isEqualTo(Reason.REFUSED);
    assertThat(why.endpoint()).isEqualTo(endpoint);
    assertThat(why)
        .hasMessage("cannot connect to " + endpoint + ": refused")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void endsItsOwnLoopWhenItCannotConnect() throws Exception {
    UnreachableException why = failure(EchoClient.connect(closed()), UnreachableException.class);

    assertThat(why.reason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  void saysThatANameHasNoAddress() throws Exception {
    Endpoint endpoint = TcpEndpoint.of("no-such-host.invalid", 7);

    UnreachableException why = failure(EchoClient.connect(endpoint), UnreachableException.class);

    assertThat(why.reason()).isEqualTo(Reason.DNS);
    assertThat(why).hasMessage("cannot connect to tcp://no-such-host.invalid:7: dns");
    assertThat(why).hasCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void saysThatNobodyAnswersInTime() throws Exception {
    // given a listener that never accepts, and whose backlog is full
    InetAddress loopback = InetAddress.getLoopbackAddress();
    List<Socket> backlog = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0, 1, loopback)) {
      InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
      boolean full = false;
      for (int i = 0; i < 16 && !full; i++) {
        Socket socket = new Socket();
        backlog.add(socket);
        try {
          socket.connect(address, 200);
        } catch (IOException timeout) {
          full = true;
        }
      }
      assumeTrue(full, "this system's backlog does not fill");

      // when
      ClientConfig config = ClientConfig.builder().connectTimeout(Duration.ofMillis(200)).build();
      UnreachableException why =
          failure(EchoClient.connect(Endpoint.of(address), config), UnreachableException.class);

      // then
      assertThat(why.reason()).isEqualTo(Reason.TIMEOUT);
    } finally {
      for (Socket socket : backlog) {
        socket.close();
      }
    }
  }

  @Test
  void triesEveryAddressOfAName() throws Exception {
    InetAddress v6 =
        InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    InetAddress v4 = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    try (Talk peer = Talk.on(v4, Talk::echo)) {
      // given a name with three addresses of which the last listens
      Bootstrap bootstrap = bootstrap(Transport.best()).resolver(new Names(v6, other, v4));

      EchoClient client =
          await(
              EchoClient.connect(
                  bootstrap, TcpEndpoint.of("echo.test", peer.port()), ClientConfig.DEFAULT));

      assertThat(client.remoteAddress()).isEqualTo(new InetSocketAddress(v4, peer.port()));
      await(client.echo("Hello"));
      await(client.finish());
    }
  }

  @Test
  void keepsTheFailureOfEveryAddress() throws Exception {
    InetAddress v4 = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    int port = ((TcpEndpoint) closed()).port();
    Bootstrap bootstrap = bootstrap(Transport.best()).resolver(new Names(v4, other));

    UnreachableException why =
        failure(
            EchoClient.connect(bootstrap, TcpEndpoint.of("echo.test", port), ClientConfig.DEFAULT),
            UnreachableException.class);

    assertThat(why.reason()).isEqualTo(Reason.REFUSED);
    assertThat(why.getCause()).hasMessageContaining("127.0.0.2");
    assertThat(why.getCause().getSuppressed())
        .singleElement()
        .satisfies(first -> assertThat(first).hasMessageContaining("127.0.0.1"));
  }

  @Test
  void resolvesLocalhost() throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = await(EchoClient.connect(TcpEndpoint.of("localhost", peer.port())));

      await(client.echo("Hello"));

      await(client.finish());
    }
  }

  private static Endpoint closed() throws IOException {
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Endpoint.of((InetSocketAddress) unused.getLocalSocketAddress());
    }
  }

  private Bootstrap bootstrap(Transport transport) {
    MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    groups.add(group);
    return new Bootstrap()
        .group(group)
        .channel(transport.channelType(TcpEndpoint.of("localhost", 0)));
  }
}
