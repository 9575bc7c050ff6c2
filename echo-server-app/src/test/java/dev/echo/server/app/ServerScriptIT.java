package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.echo.testing.JarProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the jar with the archive of its classes, and without it. */
@Timeout(120)
class ServerScriptIT {
  private static final Path SCRIPT = Path.of("target", "bin", "echo-server");
  private static final String FROM_ARCHIVE = "shared objects file (top)";

  @TempDir Path folder;

  @Test
  void servesFromTheArchiveOfTheBuild() throws IOException {
    // given
    Path loaded = folder.resolve("loaded");

    // when
    try (JarProcess server =
        ServerJar.start(JarProcess.ofScript(SCRIPT).jvm("-Xlog:class+load:file=" + loaded))) {

      // then
      assertThat(ServerJar.echo(server.awaitPort(), "Hello")).isEqualTo("Hello");
      assertThat(ownClasses(loaded))
          .as("classes of the server, and where they come from")
          .isNotEmpty()
          .allMatch(line -> line.endsWith(FROM_ARCHIVE));
      assertThat(server.err()).doesNotContain("SLF4J");
      assertThat(server.out()).matches("LISTENING tcp://127\\.0\\.0\\.1:\\d+\\s+");
    }
  }

  /** Not from a copy in the folder for temporary files, which takes longer. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void loadsTheNativeLibraryBesideTheJar() throws IOException {
    try (JarProcess server = ServerJar.start(JarProcess.ofScript(SCRIPT))) {
      ServerJar.echo(server.awaitPort(), "Hello");

      List<String> libraries =
          Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "maps")).stream()
              .filter(line -> line.contains("libnetty_transport_native"))
              .toList();
      assertThat(libraries)
          .isNotEmpty()
          .allMatch(line -> line.contains(Path.of("target", "native").toAbsolutePath() + "/lib"));
    }
  }

  @Test
  void servesWithoutAnArchive() throws IOException {
    // given
    Path script = copied();
    JarProcess.Builder builder =
        JarProcess.ofScript(script).environment("XDG_CACHE_HOME", folder.resolve("c").toString());

    // when
    try (JarProcess server = ServerJar.start(builder)) {

      // then
      assertThat(ServerJar.echo(server.awaitPort(), "Hello")).isEqualTo("Hello");
      assertThat(server.out()).matches("LISTENING tcp://127\\.0\\.0\\.1:\\d+\\s+");
    }
  }

  /** A copy has another time, and another place: neither is what the archive was made of. */
  @Test
  void servesSilentlyWithAnArchiveThatDoesNotFit() throws IOException {
    // given
    Path script = copied();
    Path jar = folder.resolve("echo-server.jar").toRealPath();
    Files.copy(Path.of("target", "echo-server.jsa"), folder.resolve("echo-server.jsa"));
    List<String> of = Files.readAllLines(Path.of("target", "echo-server.jsa.of"));
    Files.writeString(folder.resolve("echo-server.jsa.of"), of.get(0) + "\n" + jar + "\n");

    // when
    try (JarProcess server = ServerJar.start(JarProcess.ofScript(script))) {

      // then
      assertThat(ServerJar.echo(server.awaitPort(), "Hello")).isEqualTo("Hello");
      assertThat(server.out()).matches("LISTENING tcp://127\\.0\\.0\\.1:\\d+\\s+");
      assertThat(server.err()).doesNotContain("archive");
    }
  }

  /** From 19 on Java makes the archive itself when the first run ends. */
  @Test
  void makesAnArchiveOfItsOwnOnNewerJava() throws IOException {
    // given
    assumeThat(JarProcess.java25()).isDirectory();
    Path script = copied();
    Path cache = folder.resolve("c");
    Path loaded = folder.resolve("loaded");
    JarProcess.Builder builder =
        JarProcess.ofScript(script)
            .javaHome(JarProcess.java25())
            .environment("XDG_CACHE_HOME", cache.toString())
            .jvm("-Xlog:class+load:file=" + loaded);

    // when
    try (JarProcess first = ServerJar.start(builder)) {
      ServerJar.echo(first.awaitPort(), "Hello");
      first.signal("TERM");
      assertThat(first.exitStatus()).as(first.toString()).isZero();
    }

    // then
    try (JarProcess second = ServerJar.start(builder)) {
      assertThat(ServerJar.echo(second.awaitPort(), "Hello")).isEqualTo("Hello");
      assertThat(ownClasses(loaded)).isNotEmpty().allMatch(line -> line.endsWith(FROM_ARCHIVE));
    }
  }

  @Test
  void worksFromAnywhereThroughLinks() throws IOException {
    // given
    Path absolute = Files.createSymbolicLink(folder.resolve("a"), SCRIPT.toAbsolutePath());
    Path relative = Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    JarProcess.Builder builder =
        JarProcess.ofScript(relative).through("sh", "-c", "cd / && exec \"$@\"", "sh");

    // when
    try (JarProcess server = ServerJar.start(builder)) {

      // then
      assertThat(absolute).exists();
      assertThat(ServerJar.echo(server.awaitPort(), "Hello")).isEqualTo("Hello");
    }
  }

  @Test
  void drainsOnTermAsTheJarDoes() throws IOException {
    try (JarProcess server = ServerJar.start(JarProcess.ofScript(SCRIPT));
        Socket socket = ServerJar.connect(server.awaitPort())) {
      assertThat(ServerJar.echo(socket, "Hello")).isEqualTo("Hello");

      server.signal("TERM");

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      socket.shutdownOutput();
      assertThat(server.exitStatus(Duration.ofSeconds(10))).isZero();
      assertThat(server.err()).contains("draining 1 connection");
    }
  }

  @Test
  void passesOnWordsAndStatus() {
    try (JarProcess server = JarProcess.ofScript(SCRIPT).start("--mode", "no * such  mode")) {
      assertThat(server.exitStatus()).isEqualTo(2);
      assertThat(server.err()).contains("no * such  mode");
    }
  }

  @Test
  void saysThatThereIsNoJava() {
    JarProcess.Builder builder = JarProcess.ofScript(SCRIPT).javaHome(folder);
    try (JarProcess server = builder.start()) {
      assertThat(server.exitStatus()).isEqualTo(127);
      assertThat(server.err()).contains("no Java to run it");
    }
  }

  /** Script and jar, as somebody would copy them. */
  private Path copied() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.copy(ServerJar.PATH, folder.resolve("echo-server.jar"));
    return Files.copy(SCRIPT, bin.resolve("echo-server"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static List<String> ownClasses(Path loaded) throws IOException {
    return Files.readAllLines(loaded).stream()
        .filter(line -> line.contains(" dev.echo.echo.") || line.contains(" dev.echo.server.Echo"))
        .filter(line -> !line.contains("Lambda"))
        .toList();
  }
}
