package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainLineTest {
  @Test
  void keepsTheOrder() {
    // when
    PlainLine plain = PlainLine.of("-m", 2, "-m", "a", "h", "-m", "b", "7");

    // then
    assertThat(plain).isEqualTo(new PlainLine(List.of("h", "7"), List.of("a", "b")));
  }

  @Test
  void mayBeEmpty() {
    assertThat(PlainLine.of("-m", 2)).isEqualTo(new PlainLine(List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b c", "-h", "-m", "-m -h", "-m a -m", "-mhello", "-m=a", "--", "a -1"})
  void leavesTheRestToTheParser(String line) {
    assertThat(PlainLine.of("-m", 2, line.split(" "))).isNull();
  }

  @Test
  void leavesAnEmptyWordToTheParser() {
    assertThat(PlainLine.of("-m", 2, "")).isNull();
    assertThat(PlainLine.of("-m", 2, "-m", "")).isNull();
  }
}
