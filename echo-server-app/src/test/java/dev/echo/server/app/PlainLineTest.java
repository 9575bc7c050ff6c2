package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0.0.0.0",
        "127.0.0.1 7",
        "tcp://[::1]:0",
        "no-host",
        "--listen udp://127.0.0.1:0",
        "--listen tcp://127.0.0.1:0 --listen unix:///a",
        "a --listen b c",
        "@file ${user.home}"
      })
  void isReadAsTheParserWould(String line) {
    // given
    String[] args = words(line);

    // when
    PlainLine plain = PlainLine.of(args);

    // then
    assertThat(plain).isNotNull();
    assertThat(new ServerCommand(plain))
        .usingRecursiveComparison()
        .isEqualTo(new ParsedLine(args).command());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-h",
        "-v",
        "a b c",
        "--listen",
        "--listen -q",
        "--listen=tcp://127.0.0.1:0",
        "--",
        "a -- b",
        "a -1",
        "--mode stream"
      })
  void leavesTheRestToTheParser(String line) {
    assertThat(PlainLine.of(words(line))).isNull();
  }

  @Test
  void leavesAnEmptyWordToTheParser() {
    assertThat(PlainLine.of("")).isNull();
    assertThat(PlainLine.of("--listen", "")).isNull();
  }

  @Test
  void keepsTheOrder() {
    // when
    PlainLine plain = PlainLine.of("--listen", "a", "h", "--listen", "b", "p");

    // then
    assertThat(plain).isEqualTo(new PlainLine(List.of("h", "p"), List.of("a", "b")));
  }

  private static String[] words(String line) {
    return line.isEmpty() ? new String[0] : line.split(" ");
  }
}
