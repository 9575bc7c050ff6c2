package dev.echo.client.app;

import dev.echo.testing.JarProcess;
import java.nio.file.Path;

/** The jar that the build has made. */
final class ClientJar {
  static final Path PATH = Path.of("target", "echo-client.jar");

  private ClientJar() {}

  /** Runs it through a shell that knows it as {@code "$@"}. */
  static JarProcess shell(String script, String... args) {
    return JarProcess.of(PATH).through("bash", "-c", script, "bash").start(args);
  }
}
