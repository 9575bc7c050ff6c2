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
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "8080 | | '8080': a number is no host (did you mean 127.0.0.1:8080?)",
        "localhost | http | 'localhost http': 'http' is no port (expected: a number up to 65535)",
        "localhost | -1 | 'localhost -1': '-1' is no port (expected: a number up to 65535)",
        "localhost | 65536 | 'localhost 65536': there is no port 65536 (expected: at most 65535)",
        "localhost: | | 'localhost:': no port after the colon (did you mean localhost:65432?)",
        ":7 | | ':7': no host before the port (did you mean 127.0.0.1:7?)",
        "/run/x.sock | | '/run/x.sock': a path, not a host (did you mean unix:///run/x.sock?)",
        "http://localhost:7 | | 'http://localhost:7': no endpoint has the scheme http"
            + " (did you mean ws://localhost:7?)"
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
        .hasMessageContaining("'8': a port follows a host alone");
  }
}
