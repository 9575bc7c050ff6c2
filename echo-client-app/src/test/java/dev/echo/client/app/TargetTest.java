package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  @ValueSource(
      strings = {"hello", "Hello, world", "3", "localhost", "::1", "h x", "h:1 x", "h 1 2 3", "h:"})
  void hintsAtMessagesForAnythingElse(String words) {
    assertThatThrownBy(() -> Target.parse(List.of(words.split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("to send text: -m hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h:0",
        "h:65536",
        "h 999999999",
        "tcp://h:0",
        "udp://h:0",
        "http://h:1",
        "tcp://h"
      })
  void refusesPortsAndSchemesThatCannotBe(String words) {
    assertThatThrownBy(() -> Target.parse(List.of(words.split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }
}
