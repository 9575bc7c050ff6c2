package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.limit.DatagramLimits;
import dev.echo.metrics.EchoCounters;
import dev.echo.metrics.Refusal;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Eventually;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A UDP listener on all addresses answers from the one that was asked. Seen red: asked at an
 * address that is not the one of the route back, it answered from that.
 */
@Timeout(60)
@ParameterizedClass
@MethodSource("transports")
class WildcardAddressTest {
  @Parameter Transport transport;

  private final EchoCounters counters = new EchoCounters();
  private EchoServer server;

  static List<Transport> transports() {
    return Servers.transports();
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      Servers.close(server);
    }
  }

  private int listen(String host) throws Exception {
    server =
        Servers.start(
            EchoServer.builder()
                .transport(transport)
                .observer(counters)
                .listen(UdpEndpoint.of(host, 0)));
    return ((NetworkEndpoint) server.endpoints().get(0)).port();
  }

  private static InetAddress answers(InetAddress from, InetAddress asked, int port)
      throws IOException {
    try (DatagramSocket client = new DatagramSocket(0, from)) {
      client.setSoTimeout(5_000);
      InetAddress came = null;
      for (int i = 0; i < 3; i++) {
        client.send(new DatagramPacket(new byte[] {7}, 1, asked, port));
        DatagramPacket answer = new DatagramPacket(new byte[10], 10);
        client.receive(answer);
        came = answer.getAddress();
        if (!came.equals(asked)) {
          break;
        }
      }
      return came;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void answersFromEachAddressOfThisMachine(String listener) throws Exception {
    assumeTrue(hasV6() || !listener.equals("::"), "this machine has no IPv6");
    int port = listen(listener);
    boolean all = listener.equals("::");

    for (InetAddress asked :
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList()) {
      if (all || !(asked instanceof Inet6Address)) {
        assertThat(answers(other(asked), asked, port)).isEqualTo(asked);
      }
    }
  }

  /** An address to ask from which the way back alone does not lead from the one that is asked. */
  private static InetAddress other(InetAddress asked) throws IOException {
    return asked.isLinkLocalAddress()
        ? asked
        : InetAddress.getByName(asked instanceof Inet6Address ? "::1" : "127.0.0.1");
  }

  /** The whole of 127.0.0.0/8 is this machine's, though no interface lists it. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "127.9.9.9"})
  void answersFromAnAddressThatNoInterfaceLists(String host) throws Exception {
    assumeTrue(transport == Transport.EPOLL, "this transport does not tell destinations");
    InetAddress asked = InetAddress.getByName(host);
    InetAddress from = InetAddress.getByName("127.0.0.1");

    int port = listen("0.0.0.0");

    assertThat(answers(from, asked, port)).isEqualTo(asked);
  }

  @Test
  void countsEachDatagramOnce() throws Exception {
    int port = listen("0.0.0.0");
    InetAddress asked = InetAddress.getByName("127.0.0.1");

    answers(asked, asked, port);

    assertThat(counters.snapshot().datagramsReceived()).isEqualTo(3);
    assertThat(counters.snapshot().datagramsEchoed()).isEqualTo(3);
  }

  @Test
  void limitsAllItsSocketsTogether() throws Exception {
    server =
        Servers.start(
            EchoServer.builder()
                .transport(transport)
                .observer(counters)
                .front(
                    ServerFront.NONE.datagrams(
                        new DatagramLimits(
                            0.001, 3, DatagramLimits.UNLIMITED, DatagramLimits.Sources.ALL)))
                .listen(UdpEndpoint.of("0.0.0.0", 0)));
    int port = ((NetworkEndpoint) server.endpoints().get(0)).port();
    InetAddress from = InetAddress.getByName("127.0.0.1");

    try (DatagramSocket client = new DatagramSocket(0, from)) {
      for (InetAddress each : List.of(from, InetAddress.getByName("127.0.0.2"))) {
        for (int i = 0; i < 3; i++) {
          client.send(new DatagramPacket(new byte[] {7}, 1, each, port));
        }
      }
      Eventually.eventually(
          "three are refused", () -> counters.snapshot().refused(Refusal.TOO_MANY_DATAGRAMS) == 3);
    }
  }

  @Test
  void leavesNothingOpenAndSharesItsPortWithNobody() throws Exception {
    int port = listen("0.0.0.0");
    InetAddress asked = InetAddress.getByName("127.0.0.1");
    answers(asked, asked, port);

    assertThat(canBind(asked, port)).isFalse();
    assertThat(canBind(InetAddress.getByName("0.0.0.0"), port)).isFalse();

    Servers.close(server);
    server = null;
    assertThat(canBind(asked, port)).isTrue();
  }

  /** As a program would that wants to share the port. */
  private static boolean canBind(InetAddress address, int port) throws SocketException {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.setOption(java.net.StandardSocketOptions.SO_REUSEPORT, true);
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new SocketException(e.getMessage());
    }
  }

  private static boolean hasV6() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(Inet6Address.class::isInstance);
  }
}
