package dev.echo.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "tcp://echo_server:1",
        "udp://node.42:7",
        "ws://xn--mnchen-3ya.de:80",
        "tls://[fe80::1%br-lan]:7",
        "tcp://[fe80::1%3]:7",
        "tcp://[fe80::1%25251]:7",
        "ws://h:80/a%20b?c=%C3%BC",
        "unix:///run/echo.sock",
        "unix:///tmp/my%20dir/a%23b/q%3Fr/x%2541",
        "unix:///tmp/gr%C3%B6%C3%9Fe%27%24%28%0A"
      })
  void readsWhatItWrites(String uri) {
    assertThat(Endpoint.parse(uri)).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp:///tmp/%s",
        "unix:///a b",
        "unix:///a%b",
        "unix:///a%41",
        "unix:///a?b#c",
        "unix:///\u00fc\u202e\n'\"$(x)",
      })
  void writesEveryPathSoThatItCanBeRead(String name) {
    Endpoint socket = new UnixEndpoint(Path.of("/" + name));

    assertThat(Endpoint.parse(socket.toString())).isEqualTo(socket);
    assertThat(socket.toString()).matches("unix:///[A-Za-z0-9._~/:@+,=%-]*");
  }

  @Test
  void writesARelativePathAsTheOneThatItStandsFor() {
    assertThat(new UnixEndpoint(Path.of("x.sock")))
        .hasToString("unix://" + Path.of("x.sock").toAbsolutePath());
  }

  @ParameterizedTest
  @CsvSource({
    "h, tcp://h:65432",
    "localhost:7, tcp://localhost:7",
    "localhost.:7, tcp://localhost.:7",
    "echo_server:7, tcp://echo_server:7",
    "::1, tcp://[::1]:65432",
    "[::1], tcp://[::1]:65432",
    "[::1]:007, tcp://[::1]:7",
    "fe80::1%br-lan, tcp://[fe80::1%br-lan]:65432",
    "[fe80::1%251]:7, tcp://[fe80::1%25251]:7",
    "tcp://h, tcp://h:65432",
    "TCP://h:1, tcp://h:1",
    "tls://::1, tls://[::1]:65432",
    "udp://[fe80::1%25br-lan]:7, udp://[fe80::1%br-lan]:7",
    "tcp://[fe80::1%25]:7, tcp://[fe80::1%25]:7",
    "ws://h, ws://h:80",
    "wss://h/x, wss://h:443/x",
    "ws://h?x=1, ws://h:80/?x=1",
    "ws://h/\u00fc, ws://h:80/%C3%BC",
    "ws://m\u00fcnchen.de, ws://xn--mnchen-3ya.de:80",
    "unix:/run/x, unix:///run/x",
    "unix:////run/a b, unix:///run/a%20b",
  })
  void readsWhatPeopleWrite(String text, String uri) {
    assertThat(Endpoint.parse(text)).hasToString(uri);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"               | empty (expected: a host, HOST:PORT or a URI, as tcp://127.0.0.1:65432)",
        "3                | a number is no host (did you mean 127.0.0.1:3?)",
        "h:               | no port after the colon (did you mean h:65432?)",
        ":7               | no host before the port (did you mean 127.0.0.1:7?)",
        "h:99999          | there is no port 99999 (expected: at most 65535)",
        "h:99999999999999 | there is no port 99999999999999 (expected: at most 65535)",
        "h:-1             | '-1' is no port (expected: a number up to 65535)",
        "h:http           | 'http' is no port (expected: a number up to 65535)",
        "h:1:2            | more than one colon (expected: HOST:PORT, an IPv6 address in brackets)",
        "h:1/path         | a host has no path; over WebSocket it has (did you mean h:1 or ws://h:1/path?)",
        "/path.sock       | a path, not a host (did you mean unix:///path.sock?)",
        "h i              | a space or control character is in it",
        "a,b              | no host has , in it",
        "1.2.3.4%eth0     | no host has % in it",
        "u@h:1            | an endpoint has no user (did you mean h:1?)",
        "[::1             | no ] after the address (did you mean [::1]?)",
        "[::1:7           | an IPv6 address stands between brackets (did you mean [::1]:7?)",
        "[h]:7            | no IPv6 address stands between the brackets (expected: as in [::1]:65432)",
        "[::1]7           | a colon and a port may follow the ] (did you mean [::1]:7?)",
        "tcp:/h           | a scheme ends with :// (did you mean tcp://h?)",
        "tcp//h           | a scheme ends with :// (did you mean tcp://h?)",
        "tcp:h:1          | a scheme ends with :// (did you mean tcp://h:1?)",
        "WS:/h:1/x        | a scheme ends with :// (did you mean ws://h:1/x?)",
        "unix/run/x       | a scheme ends with :// (did you mean unix:///run/x?)",
        "tcp://           | no host (did you mean tcp://127.0.0.1?)",
        "tcp:///h:1       | a host follows the two slashes (did you mean tcp://h:1?)",
        "tcp://:7         | no host before the port (did you mean tcp://127.0.0.1:7?)",
        "tcp://h:1/path   | tcp has no path; WebSocket has (did you mean tcp://h:1 or ws://h:1/path?)",
        "tls://h:1?q      | tls has no path; WebSocket has (did you mean tls://h:1 or wss://h:1?q?)",
        "udp://h:1/       | udp has no path, not even a slash (did you mean udp://h:1?)",
        "tcp://u:p@h:1    | an endpoint has no user (did you mean tcp://h:1?)",
        "wss://u@h/x      | an endpoint has no user (did you mean wss://h/x?)",
        "tcp://ho st:80   | a space or control character is in it",
        "ws://h/a b       | a space or control character is in it (did you mean ws://h/a%20b?)",
        "ws://h/x#y       | what begins with # is never sent to a server (did you mean ws://h/x?)",
        "ws://h/50%       | a percent sign begins a code of two hex digits; itself it is %25"
            + " (did you mean ws://h/50%25?)",
        "http://h:1/x     | no endpoint has the scheme http (did you mean ws://h:1/x?)",
        "https://h        | no endpoint has the scheme https (did you mean wss://h?)",
        "ssl://h:1        | no endpoint has the scheme ssl (did you mean tls://h:1?)",
        "tpc://h:1/       | no endpoint has the scheme tpc (did you mean tcp://h:1?)",
        "gopher://h       | no endpoint has the scheme gopher"
            + " (expected: tcp, tls, udp, unix, ws, wss, as in tcp://HOST:PORT)",
        "unix://run/x     | the path of a socket begins with a slash (did you mean unix:///run/x?)",
        "unix:///         | no path (did you mean unix:///run/echo.sock?)",
        "unix:///a?b#c    | in the path of a socket ? is written as a code"
            + " (did you mean unix:///a%3Fb%23c?)",
        "unix:///100%     | a percent sign begins a code of two hex digits; itself it is %25"
            + " (did you mean unix:///100%25?)",
        "unix:///%FF      | its codes are no UTF-8 (expected: as in %C3%BC)",
        "unix:///a%00     | no file can have this path here",
      })
  void namesTheMistakeAndWhatMendsIt(String text, String message) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "': " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "h:1", "h i", "[::1]", "a%b", "a@b"})
  void hasNoHostThatCannotBeWritten(String host) {
    assertThatThrownBy(() -> new TcpEndpoint(host, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("host: '" + host + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "h, 1, tcp://h:65432",
    "h 7, 2, tcp://h:7",
    "::1 7, 2, tcp://[::1]:7",
    "[::1] 7, 2, tcp://[::1]:7",
    "fe80::1%br-lan 7, 2, tcp://[fe80::1%br-lan]:7",
    "h:1 7, 1, tcp://h:1",
    "tcp://h 7, 1, tcp://h:65432",
  })
  void readsAHostAndItsPortAsTwoWords(String words, int count, String uri) {
    EndpointWords named = EndpointWords.read(List.of(words.split(" ")));

    assertThat(named.endpoint()).hasToString(uri);
    assertThat(named.count()).isEqualTo(count);
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

  @ParameterizedTest
  @CsvSource({"tls://h:1, see tcp://h:1", "ws://[fe80::1%3]:7/x, see tcp://[fe80::1%3]:7"})
  void putsItsPlaceIntoAText(String uri, String text) {
    NetworkEndpoint endpoint = (NetworkEndpoint) Endpoint.parse(uri);

    assertThat(endpoint.placed("see tcp://HOST:PORT")).isEqualTo(text);
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
