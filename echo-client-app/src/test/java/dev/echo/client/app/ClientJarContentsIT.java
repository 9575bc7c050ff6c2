package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.JarLinkage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class ClientJarContentsIT {

  @Test
  void leavesOutNothingThatItsClassesName() {
    assertThat(JarLinkage.missingClasses(Path.of("target", "echo-client.jar"))).isEmpty();
  }

  @Test
  void isSmallEnoughToBeCarriedAround() {
    assertThat(Path.of("target", "echo-client.jar").toFile().length()).isLessThan(5_200_000);
  }

  @Test
  void carriesOfThePlotLibraryWhatAPageInlines() throws IOException {
    try (JarFile jar = new JarFile(Path.of("target", "echo-client.jar").toFile())) {
      assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
          .contains("dev/echo/report/report.html", "com/google/gson/stream/JsonReader.class")
          .filteredOn(name -> name.startsWith("META-INF/resources/"))
          .map(name -> name.substring(name.lastIndexOf('/') + 1))
          .containsExactlyInAnyOrder("LICENSE", "uPlot.iife.min.js", "uPlot.min.css");
    }
  }

  @Test
  void carriesTheLicencesOfWhatItIsMadeOf() throws IOException {
    try (JarFile jar = new JarFile(Path.of("target", "echo-client.jar").toFile())) {
      String licences =
          new String(
              jar.getInputStream(jar.getEntry("META-INF/LICENSE.txt")).readAllBytes(),
              StandardCharsets.UTF_8);

      assertThat(licences).contains("Gil Tene", "QOS.ch");
    }
  }
}
