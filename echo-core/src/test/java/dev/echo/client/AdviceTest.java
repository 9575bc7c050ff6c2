package dev.echo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.EndpointWords;
import dev.echo.endpoint.UnixEndpoint;
import io.netty.channel.ConnectTimeoutException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
  private static List<String> advice(String endpoint, Reason reason, Throwable cause) {
    return new UnreachableException(Endpoint.parse(endpoint), reason, cause).advice();
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:65432, ''",
    "tcp://127.0.0.1:7, ' 127.0.0.1 7'",
    "tcp://localhost:65432, ' localhost 65432'",
    "tcp://[::1]:7, ' ::1 7'",
    "tls://127.0.0.1:7, ' --listen tls://127.0.0.1:7 --tls-self-signed'",
    "udp://127.0.0.1:7, ' --listen udp://127.0.0.1:7'",
    "ws://127.0.0.1:7/a, ' --listen ws://127.0.0.1:7/a'",
    "wss://127.0.0.1:7, ' --listen wss://127.0.0.1:7 --tls-self-signed'",
    "unix:///tmp/my%20dir/s, ' --listen unix:///tmp/my%20dir/s'",
  })
  void startsAServerWhereTheClientLooksForOne(String endpoint, String arguments) {
    assertThat(advice(endpoint, Reason.REFUSED, null))
        .containsExactly(
            "nothing listens there; to start the server:",
            "  java -jar echo-server.jar" + arguments);
    List<String> words = List.of(arguments.replace("--listen ", "").strip().split(" "));
    assertThat(EndpointWords.read(arguments.isEmpty() ? List.of("127.0.0.1") : words).endpoint())
        .hasToString(endpoint);
  }

  @ParameterizedTest
  @CsvSource({"tcp://192.0.2.1:7", "tls://192.0.2.1:7", "udp://no-such-host.invalid:7"})
  void startsNoServerOnAnotherHost(String endpoint) {
    assertThat(advice(endpoint, Reason.REFUSED, null))
        .containsExactly(
            "nothing accepts connections there: is the port right, and the server up?");
  }

  @Test
  void blamesAFirewallOnlyIfNothingAnsweredTheConnect() {
    assertThat(advice("tls://127.0.0.1:7", Reason.TIMEOUT, new ConnectTimeoutException("5 s")))
        .containsExactly("no answer: a firewall, or a host that is down (--connect-timeout)");
  }

  @Test
  void startsAServerIfTheFileOfASocketIsMissing() {
    FileNotFoundException missing = new FileNotFoundException("connect(..) failed");

    assertThat(advice("unix:///run/none", Reason.UNREACHABLE, missing))
        .contains("  java -jar echo-server.jar --listen unix:///run/none");
    assertThat(advice("unix:///run/none", Reason.UNREACHABLE, new IOException("Permission denied")))
        .isEmpty();
  }

  @Test
  void startsNoServerOverAFileThatIsNoSocket(@TempDir Path directory) {
    assertThat(advice(new UnixEndpoint(directory).toString(), Reason.REFUSED, null))
        .containsExactly("the file there is no socket");
  }

  @Test
  void asksForTheInterfaceOfALinkLocalAddress() {
    IOException invalid = new IOException("Invalid argument");

    assertThat(advice("tcp://[fe80::1]:7", Reason.UNREACHABLE, invalid))
        .containsExactly(
            "a link-local address needs its zone, the interface that leads there: tcp://[fe80::1%"
                + Interfaces.example()
                + "]:7");
    assertThat(String.join("", advice("tcp://[fe80::1%lo]:7", Reason.DNS, null)))
        .startsWith("the interface lo has no link-local address");
    assertThat(advice("tcp://[fe80::1%none]:7", Reason.DNS, null))
        .singleElement()
        .asString()
        .startsWith("this machine has no interface none");
    assertThat(advice("tcp://none:7", Reason.DNS, null))
        .containsExactly("the name has no address: is it spelled right?");
  }

  @Test
  void namesWhatAcceptsAndResetsAtOnce() {
    assertThat(advice("tls://127.0.0.1:7", Reason.UNREACHABLE, new IOException("Connection reset")))
        .singleElement()
        .asString()
        .startsWith("something accepted the connection and reset it at once");
  }
}
