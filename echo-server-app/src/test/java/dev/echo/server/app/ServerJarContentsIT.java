package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.JarLinkage;
import java.io.IOException;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class ServerJarContentsIT {

  @Test
  void leavesOutNothingThatItsClassesName() {
    assertThat(JarLinkage.missingClasses(ServerJar.PATH)).isEmpty();
  }

  @Test
  void isSmallEnoughToBeCarriedAround() {
    assertThat(ServerJar.PATH.toFile().length()).isLessThan(5_000_000);
  }

  @Test
  void carriesNoLibraryThatOnlyMeasuringNeeds() throws IOException {
    try (JarFile jar = new JarFile(ServerJar.PATH.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .contains("dev/echo/server/app/Main.class")
          .noneMatch(
              name ->
                  name.startsWith("dev/echo/load/")
                      || name.startsWith("com/google/gson/")
                      || name.startsWith("org/HdrHistogram/")
                      || name.startsWith("META-INF/resources/"));
    }
  }
}
