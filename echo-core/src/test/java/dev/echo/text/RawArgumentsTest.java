package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {
  @Test
  void decodesTheWordsOfTheProcessAgain() {
    byte[] commandLine = "java\0-jar\0x.jar\0-m\0Grüße\0".getBytes(StandardCharsets.UTF_8);
    byte[] invalid = {'a', 0, (byte) 0xFF, 0};

    assertThat(RawArguments.decode(new String[] {"-m", "Gr??e"}, commandLine))
        .containsExactly("-m", "Grüße");
    assertThatThrownBy(() -> RawArguments.decode(new String[] {"\uFFFD"}, invalid))
        .hasMessageContaining("not UTF-8");
  }
}
