package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

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
    ServerCommand plain = ServerCommand.plain(args);

    // then
    assertThat(plain).isNotNull();
    assertThat(plain).usingRecursiveComparison().isEqualTo(new ParsedLine(args).command());
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
    assertThat(ServerCommand.plain(words(line))).isNull();
  }

  @Test
  void leavesAnEmptyWordToTheParser() {
    assertThat(ServerCommand.plain("")).isNull();
    assertThat(ServerCommand.plain("--listen", "")).isNull();
  }

  private static String[] words(String line) {
    return line.isEmpty() ? new String[0] : line.split(" ");
  }
}
