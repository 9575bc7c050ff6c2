package dev.echo.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://127.0.0.1:65432",
        "tcp://localhost:0",
        "tcp://[::1]:7",
        "tcp://a-b.c:80",
        "tls://h:1",
        "udp://[::1]:7",
        "ws://h:80",
        "wss://h:443/a/b?c=d",
        "unix:///run/echo.sock"
      })
  void readsWhatItWrites(String uri) {
    assertThat(Endpoint.parse(uri)).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tcp://",
        "tcp://host",
        "host:80",
        "http://host:80",
        "udp://host",
        "tls://host:1/x",
        "unix://run/x",
        "unix:///",
        "ws:///x",
        "wss://u@h/",
        "tcp://host:80/x",
        "tcp://h:70000",
        "tcp://u@host:80",
        "tcp://host:80?q",
        "tcp://ho st:80",
        "tcp://host:-1"
      })
  void namesWhatIsNoEndpoint(String uri) {
    assertThatThrownBy(() -> Endpoint.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void knowsThePortsOfWebSockets() {
    assertThat(Endpoint.parse("ws://h")).hasToString("ws://h:80");
    assertThat(Endpoint.parse("wss://h/x")).hasToString("wss://h:443/x");
  }

  @Test
  void refusesAPathThatNoSocketCanHave() {
    assertThatThrownBy(() -> Endpoint.parse("unix:///" + "x".repeat(107)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1..107");
  }

  @Test
  void keepsItsKindWhereItIsBound() {
    InetSocketAddress bound = new InetSocketAddress("127.0.0.1", 9);

    assertThat(Endpoint.parse("tls://localhost:0").boundTo(bound)).hasToString("tls://127.0.0.1:9");
    assertThat(Endpoint.parse("unix:///a").boundTo(bound)).hasToString("unix:///a");
  }

  @Test
  void namesAnAddressThatIsBound() {
    assertThat(Endpoint.of(new InetSocketAddress("127.0.0.1", 7))).hasToString("tcp://127.0.0.1:7");
    assertThat(Endpoint.of(new InetSocketAddress("::1", 7))).hasToString("tcp://[::1]:7");
    assertThat(Endpoint.of(InetSocketAddress.createUnresolved("name", 7)))
        .hasToString("tcp://name:7");
  }

  @Test
  void alwaysHasATransport() {
    assertThat(Transport.best().isAvailable()).isTrue();
    assertThat(Transport.NIO.unavailability()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void saysWhyATransportIsNotAvailable(Transport transport) {
    assertThat(transport.isAvailable()).isEqualTo(transport.unavailability() == null);
    assertThat(transport.listenerType(TcpEndpoint.of("localhost", 0)).getSimpleName())
        .endsWith("ServerSocketChannel");
    assertThat(transport.channelType(TcpEndpoint.of("localhost", 0)).getSimpleName())
        .endsWith("SocketChannel");
  }

  @Test
  void makesTheChannelThatAnEndpointNeeds() {
    Channel connection = Transport.NIO.channels(TcpEndpoint.of("localhost", 0)).newChannel();
    Channel socket = Transport.NIO.channels(UdpEndpoint.of("localhost", 0)).newChannel();

    assertThat(connection).isInstanceOf(NioSocketChannel.class);
    assertThat(socket.attr(NioDatagrams.SOCKET).get()).isNotNull();
    connection.unsafe().closeForcibly();
    socket.unsafe().closeForcibly();
  }

  @Test
  void hasNoTypeForTheChannelOfAUdpSocket() {
    UdpEndpoint udp = UdpEndpoint.of("localhost", 0);

    assertThatThrownBy(() -> Transport.NIO.channelType(udp))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not UDP");
  }
}
