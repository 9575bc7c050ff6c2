package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, 500000000",
    "10s, 10000000000",
    "1m, 60000000000",
    "1m30s, 90000000000",
    "1.5s, 1500000000",
    "250us, 250000",
    "250µs, 250000",
    "7ns, 7",
    "2h, 7200000000000",
    "1d, 86400000000000",
    "0s, 0",
    "' 10s ', 10000000000"
  })
  void readsNumbersWithUnits(String text, long nanos) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @Test
  void refusesBareNumberWithSuggestion() {
    assertThatThrownBy(() -> Durations.parse("10"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'10' has no unit (10s?)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "10 s", "-1s", "1x", "1s2", "1ss", "s1", "1e3s", "1,5s", "١s"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no duration (expected: such as 500ms, 10s, 1m)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999d", "9999999999999999999s"})
  void refusesWhatDoesNotFit(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void showsNoControlCharacterOfWhatItRefuses() {
    assertThatThrownBy(() -> Durations.parse("\u001b[31m1s"))
        .hasMessageStartingWith("'\\x1b[31m1s'");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "999, 999 ns",
    "1000, 1 µs",
    "1234, 1.2 µs",
    "213400, 213 µs",
    "999499, 999 µs",
    "999600, 1 ms",
    "1240000, 1.2 ms",
    "9960000, 10 ms",
    "3400000000, 3.4 s",
    "10000000000, 10 s",
    "12340000000, 12.3 s",
    "59960000000, 1 min",
    "60000000000, 1 min",
    "125000000000, 2 min 5 s",
    "3600000000000, 1 h",
    "5400000000000, 1 h 30 min",
    "-1240000, -1.2 ms",
    "-9223372036854775808, -2562047 h 47 min"
  })
  void writesThemForPeople(long nanos, String text) {
    assertThat(Durations.format(nanos)).isEqualTo(text);
    assertThat(Durations.format(Duration.ofNanos(nanos))).isEqualTo(text);
  }

  @Test
  void writesEvenTheLongestDuration() {
    assertThat(Durations.format(Duration.ofSeconds(Long.MAX_VALUE))).endsWith(" min");
  }
}
