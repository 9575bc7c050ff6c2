package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestWordTest {
  private static final List<String> OPTIONS =
      List.of("-h", "--help", "--timeout", "--connect-timeout", "--mode", "-m", "--max-frame");

  @ParameterizedTest
  @CsvSource({
    "--tmeout, --timeout",
    "--tiemout, --timeout",
    "--timeouts, --timeout",
    "--timeuot=3s, --timeout",
    "-timeout, --timeout",
    "timeout, --timeout",
    "--TIMEOUT, --timeout",
    "--time, --timeout",
    "--conect-timeout, --connect-timeout",
    "--connect, --connect-timeout",
    "--moed, --mode",
    "--hlep, --help",
    "--max, --max-frame",
  })
  void findsWhatWasMeant(String given, String nearest) {
    assertThat(NearestWord.of(given, OPTIONS)).contains(nearest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "--", "-x", "-t", "--foo", "--no-such-option", "--x=--timeout"})
  void findsNothingInWhatResemblesNothing(String given) {
    assertThat(NearestWord.of(given, OPTIONS)).isEmpty();
  }

  @Test
  void choosesTheNearestOfSeveral() {
    assertThat(NearestWord.of("--abcdeg", List.of("--abcxyf", "--abcdef", "--abcde")))
        .contains("--abcde");
    assertThat(NearestWord.of("x", List.of())).isEmpty();
  }
}
