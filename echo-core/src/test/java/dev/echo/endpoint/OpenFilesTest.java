package dev.echo.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
  @TempDir Path folder;

  @Test
  void agreesWithTheJdk() {
    // given
    assumeThat(Path.of("/proc/self/fd")).isDirectory();

    // when
    OpenFiles.now();
    OpenFiles files = OpenFiles.now();
    OpenFiles jdk = OpenFiles.ofJdk();

    // then
    assertThat(files.limit()).isEqualTo(jdk.limit());
    assertThat(files.open()).isBetween(jdk.open() - 3, jdk.open() + 3);
  }

  @Test
  void readsTheSoftLimit() throws IOException {
    // given
    Path limits = folder.resolve("limits");
    Files.writeString(
        limits,
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max cpu time              unlimited            unlimited            seconds
        Max open files            1024                 524288               files
        """);
    File descriptors = folder.toFile();

    // when
    OpenFiles files = OpenFiles.ofLinux(limits, descriptors);

    // then
    assertThat(files).isEqualTo(new OpenFiles(1024, 0));
  }

  @Test
  void takesNoLimitForAllThereAre() throws IOException {
    // given
    Path limits = folder.resolve("limits");
    Files.writeString(
        limits, "Max open files            unlimited            unlimited    files\n");

    // when
    OpenFiles files = OpenFiles.ofLinux(limits, folder.toFile());

    // then
    assertThat(files).isEqualTo(new OpenFiles(Long.MAX_VALUE, 0));
  }

  @Test
  void saysNothingOfAnotherSystem() throws IOException {
    // given
    Path limits = folder.resolve("limits");
    Files.writeString(limits, "Max open files  many\n");

    // when, then
    assertThat(OpenFiles.ofLinux(limits, folder.toFile())).isNull();
    assertThat(OpenFiles.ofLinux(folder.resolve("none"), folder.toFile())).isNull();
    assertThat(OpenFiles.ofLinux(limits, folder.resolve("none").toFile())).isNull();
  }
}
