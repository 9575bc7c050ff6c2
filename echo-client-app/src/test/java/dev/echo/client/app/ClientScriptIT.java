package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.JarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the jar with the archive of its classes, and without it. */
@Timeout(120)
class ClientScriptIT {
  private static final Path SCRIPT = Path.of("target", "bin", "echo-client");

  private static EchoServer server;
  private static String target;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .join();
    target = server.endpoints().get(0).toString();
  }

  @AfterAll
  static void stop() {
    server.close().toCompletableFuture().join();
  }

  @Test
  void sendsFromTheArchiveOfTheBuild() throws IOException {
    // given
    Path loaded = folder.resolve("loaded");
    JarProcess.Builder builder = JarProcess.ofScript(SCRIPT).jvm("-Xlog:class+load:file=" + loaded);

    // when
    try (JarProcess client = builder.start(target, "-m", "two  words", "-m", "*")) {

      // then
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).isEqualTo("two  words*");
      assertThat(client.err()).startsWith("ok 10 B in ").doesNotContain("SLF4J");
      List<String> own =
          Files.readAllLines(loaded).stream()
              .filter(line -> line.contains(" dev.echo.client.Echo"))
              .filter(line -> !line.contains("Lambda"))
              .toList();
      assertThat(own).isNotEmpty().allMatch(line -> line.endsWith("shared objects file (top)"));
    }
  }

  @Test
  void sendsWithoutAnArchive() throws IOException {
    // given
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.copy(ClientJar.PATH, folder.resolve("echo-client.jar"));
    Path script =
        Files.copy(SCRIPT, bin.resolve("echo-client"), StandardCopyOption.COPY_ATTRIBUTES);
    JarProcess.Builder builder =
        JarProcess.ofScript(script).environment("XDG_CACHE_HOME", folder.resolve("c").toString());

    // when
    try (JarProcess client = builder.start(target, "-m", "hi")) {

      // then
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).isEqualTo("hi");
    }
  }

  @Test
  void passesOnTheStatus() {
    try (JarProcess client = JarProcess.ofScript(SCRIPT).start("tcp://127.0.0.1:1", "-q")) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(3);
    }
  }
}
