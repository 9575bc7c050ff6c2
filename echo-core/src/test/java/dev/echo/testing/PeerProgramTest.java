package dev.echo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

class PeerProgramTest {
  @TempDir private Path folder;

  @Test
  void skipsATestWhoseProgramIsNotInstalled() {
    assertThatThrownBy(() -> PeerProgram.SOCAT.missing("optional"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("needs socat (Debian package socat)");
  }

  @Test
  void failsItWhereProgramsAreRequired() {
    assertThatThrownBy(() -> PeerProgram.WEBSOCKETS.missing("required"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "needs python3 with the module websockets (Debian package python3-websockets),"
                + " with -Dpeers=required");
  }

  @Test
  void findsTheFirstOfThePathThatCanBeUsed() throws IOException {
    Path lacking = script(Files.createDirectory(folder.resolve("lacking")), "exit 1");
    Path having = script(Files.createDirectory(folder.resolve("having")), "exit 0");
    String empty = Files.createDirectory(folder.resolve("empty")).toString();
    List<String> folders =
        List.of(empty, lacking.getParent().toString(), having.getParent().toString());

    assertThat(PeerProgram.PYTHON.find(folders)).hasValue(lacking.toString());
    assertThat(PeerProgram.WEBSOCKETS.find(folders)).hasValue(having.toString());
    assertThat(PeerProgram.WEBSOCKETS.find(List.of(empty))).isEmpty();
  }

  private static Path script(Path in, String line) throws IOException {
    Path file = Files.writeString(in.resolve("python3"), "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  /** The continuous build must not skip what it could install. */
  @ParameterizedTest
  @EnumSource
  void isInstalledByTheContinuousBuild(PeerProgram program) throws IOException {
    String script = Files.readString(Path.of("..", ".ci", "run"));

    assertThat(script)
        .containsPattern("[:(]" + program.debianPackage() + "\\)?\n")
        .contains("mvn -B verify -Dpeers=required\n");
  }
}
