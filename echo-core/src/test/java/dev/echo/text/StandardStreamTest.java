package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardStreamTest {
  @ParameterizedTest
  @ValueSource(strings = {"/dev/pts/0", "/dev/tty", "/dev/ttyS0", "/dev/console"})
  void knowsTerminals(String device) {
    assertThat(StandardStream.isTerminal(device)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe:[123]", "socket:[5]", "/dev/null", "/tmp/out.txt"})
  void knowsWhatIsNoTerminal(String device) {
    assertThat(StandardStream.isTerminal(device)).isFalse();
  }

  @Test
  void takesNoColourWhenToldNotTo() {
    assertThat(StandardStream.takesColour(Map.of("TERM", "xterm"))).isTrue();
    assertThat(StandardStream.takesColour(Map.of("NO_COLOR", ""))).isTrue();
    assertThat(StandardStream.takesColour(Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(StandardStream.takesColour(Map.of("TERM", "dumb"))).isFalse();
  }
}
