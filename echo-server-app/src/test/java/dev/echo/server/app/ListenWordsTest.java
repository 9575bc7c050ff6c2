package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenWordsTest {
  @Test
  void hasDefaults() throws Exception {
    assertThat(ListenWords.parse(null, null)).hasToString("tcp://127.0.0.1:65432");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,, tcp://localhost:65432",
    "0.0.0.0, 7, tcp://0.0.0.0:7",
    "0.0.0.0:7,, tcp://0.0.0.0:7",
    "localhost:0,, tcp://localhost:0",
    "::1,, tcp://[::1]:65432",
    "::1, 7, tcp://[::1]:7",
    "[::1],, tcp://[::1]:65432",
    "[::1]:7,, tcp://[::1]:7",
    "tcp://[::1]:7,, tcp://[::1]:7"
  })
  void readsWhatPeopleWrite(String first, String second, String uri) throws Exception {
    assertThat(ListenWords.parse(first, second)).hasToString(uri);
  }

  @ParameterizedTest
  @CsvSource({
    "8080,, '8080' is no host (a port goes behind it: 127.0.0.1 8080)",
    "localhost, http, 'http' is no port (expected: 0 to 65535)",
    "localhost, -1, '-1' is no port (expected: 0 to 65535)",
    "localhost, 123456789012, '123456789012' is no port (expected: 0 to 65535)",
    "localhost, 65536, port: 65536 (expected: 0..65535)",
    "localhost:,, '' is no port (expected: 0 to 65535)",
    ":7,, host: empty (expected: a name or an address)",
    "http://localhost:7,, 'endpoint ''http://localhost:7'' (expected: tcp://HOST:PORT,"
        + " tls://HOST:PORT, udp://HOST:PORT, ws://HOST:PORT/PATH, wss://HOST:PORT/PATH or"
        + " unix:///PATH, an IPv6 address in brackets)'"
  })
  void refusesWhatIsNoAddress(String first, String second, String message) {
    assertThatThrownBy(() -> ListenWords.parse(first, second))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void refusesPortBehindUri() {
    assertThatThrownBy(() -> ListenWords.parse("tcp://localhost:7", "8"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot have a port behind it");
  }
}
