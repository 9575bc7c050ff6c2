package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "r\u00e9sum\u00e9", "\u0627\u0644", "100% #1?", "a b", "\ud83d\ude00"})
  void namesTheSameFileByItsBytes(String name) throws IOException {
    Path file = folder.resolve(name);

    Files.writeString(FileNames.ofBytes(file.toString()), "x");

    assertThat(file).hasContent("x");
    assertThat(FileNames.path(file.toString())).isEqualTo(file);
  }

  @Test
  void countsFromTheWorkingFolder() {
    assertThat(FileNames.ofBytes("./x")).isEqualTo(Path.of("").toAbsolutePath().resolve("./x"));
  }

  @Test
  void refusesAZeroByte() {
    assertThatThrownBy(() -> FileNames.path("a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zero byte");
  }
}
