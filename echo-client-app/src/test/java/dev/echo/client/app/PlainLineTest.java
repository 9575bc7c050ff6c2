package dev.echo.client.app;

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
        "127.0.0.1 7",
        "127.0.0.1 7 3",
        "udp://127.0.0.1:7",
        "a b c d",
        "-m hello",
        "h -m one 7 -m two",
        "@file ${user.home}"
      })
  void isReadAsTheParserWould(String line) {
    // given
    String[] args = words(line);
    SendCommand parsed = new SendCommand();

    // when
    SendCommand plain = SendCommand.plain(args);

    // then
    assertThat(plain).isNotNull();
    assertThat(new ParsedLine(parsed, args).asksForHelp()).isFalse();
    assertThat(plain)
        .usingRecursiveComparison()
        .ignoringFields("messages.seed")
        .withEqualsForFields((a, b) -> sizes(a).equals(sizes(b)), "messages.entries")
        .isEqualTo(parsed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-h", "-q", "-m", "-mhello", "-m -h", "-m=a", "--", "h -- 7", "-n 3", "h -1"})
  void leavesTheRestToTheParser(String line) {
    assertThat(SendCommand.plain(words(line))).isNull();
  }

  @Test
  void leavesAnEmptyWordToTheParser() {
    assertThat(SendCommand.plain("")).isNull();
    assertThat(SendCommand.plain("-m", "")).isNull();
  }

  /** What is in it are functions, which equal only themselves. */
  private static String sizes(Object entries) {
    return String.valueOf(((List<?>) entries).size());
  }

  private static String[] words(String line) {
    return line.isEmpty() ? new String[0] : line.split(" ");
  }
}
