package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  @Test
  void isTheDefaultWithoutWords() {
    Target target = Target.parse(List.of());

    assertThat(target.endpoint()).hasToString("tcp://127.0.0.1:65432");
    assertThat(target.connections()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://h:1, tcp://h:1",
    "h:1, tcp://h:1",
    "127.0.0.1:65432, tcp://127.0.0.1:65432",
    "[::1]:7, tcp://[::1]:7",
    "tcp://[::1]:7, tcp://[::1]:7",
    "h 1, tcp://h:1",
    "echo_server 7, tcp://echo_server:7",
    "tcp://h, tcp://h:65432",
    "wss://h/x, wss://h:443/x",
    "::1 7, tcp://[::1]:7",
    "[::1] 7, tcp://[::1]:7",
  })
  void readsEveryFormAndTheConnectionsBehindIt(String words, String endpoint) {
    Target alone = Target.parse(List.of(words.split(" ")));
    Target counted = Target.parse(List.of((words + " 3").split(" ")));

    assertThat(alone.endpoint()).hasToString(endpoint);
    assertThat(alone.connections()).isEmpty();
    assertThat(counted.endpoint()).hasToString(endpoint);
    assertThat(counted.connections()).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource({"h 3, true", "h 1023, true", "h 1024, false", "h 3 2, false", "h:3, false"})
  void hintsAtConnectionsIfTheSecondWordIsASmallNumber(String words, boolean hinted) {
    assertThat(Target.parse(List.of(words.split(" "))).hint().contains("connections: -c"))
        .isEqualTo(hinted);
  }

  @ParameterizedTest
  @CsvSource({"localhost, tcp://localhost:65432", "::1, tcp://[::1]:65432"})
  void takesTheUsualPortOfAHostAlone(String word, String endpoint) {
    assertThat(Target.parse(List.of(word)).endpoint()).hasToString(endpoint);
  }

  @Test
  void hintsAtTextIfAWordMayHaveBeenOne() {
    assertThat(Target.parse(List.of("hello")).text())
        .isEqualTo("'hello' was taken as a host; to send text: -m hello");
    assertThat(Target.parse(List.of("hello", "7")).text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Hello, world | no host has , in it; to send text: -m 'Hello, world'",
        "3            | '3' is a number, no target (for so many connections: -c 3;"
            + " for a port: 127.0.0.1:3)",
        "h x          | 'h x': 'x' is no port (expected: a number up to 65535);"
            + " to send text: -m 'h x'",
        "h:1 x        | 'x': a number of connections may follow the target; to send text: -m x",
        "h 1 2 3      | '3': nothing follows the number of connections; to send text: -m 3",
        "h:           | 'h:': no port after the colon (did you mean h:65432?)",
        "h:0          | 'h:0': nobody is at port 0 (expected: 1 to 65535)",
        "h 0          | 'h 0': nobody is at port 0 (expected: 1 to 65535)",
        "udp://h:0    | 'udp://h:0': nobody is at port 0 (expected: 1 to 65535)",
        "h:65536      | 'h:65536': there is no port 65536 (expected: at most 65535)",
        "h 999999999  | 'h 999999999': there is no port 999999999 (expected: at most 65535)",
        "http://h:1   | 'http://h:1': no endpoint has the scheme http (did you mean ws://h:1?)",
        "/run/x.sock  | '/run/x.sock': a path, not a host (did you mean unix:///run/x.sock?)",
      })
  void namesTheMistakeAndWhatMendsIt(String words, String message) {
    assertThatThrownBy(() -> Target.parse(List.of(words.split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
