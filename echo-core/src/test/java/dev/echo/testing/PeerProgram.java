package dev.echo.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs that are not part of a JDK and that tests start: real peers above all. A test whose
 * program is not installed is skipped, and the reason names the program and its Debian package;
 * with {@code -Dpeers=required} it fails instead.
 */
public enum PeerProgram {
  /** Pipelines of a launcher. */
  BASH("bash", "bash"),
  /** A browser. */
  CHROMIUM("chromium", "chromium"),
  /** A proxy that sends PROXY headers. */
  HAPROXY("haproxy", "haproxy"),
  /** An echo. */
  NCAT("ncat", "ncat"),
  /** Certificates, and a TLS client. */
  OPENSSL("openssl", "openssl"),
  /** Limits of a process. */
  PRLIMIT("prlimit", "util-linux"),
  /** Peers with faults. */
  PYTHON("python3", "python3"),
  /** A terminal. */
  SCRIPT("script", "bsdutils"),
  /** An echo, a client, over TCP, TLS and Unix sockets. */
  SOCAT("socat", "socat"),
  /** A TLS proxy. */
  STUNNEL("stunnel", "stunnel4"),
  /** A WebSocket peer: Python with the websockets module, which the distribution's own has. */
  WEBSOCKETS("python3", "python3-websockets", "websockets"),
  /** An echo. */
  XINETD("xinetd", "xinetd");

  /** Where daemons are, which is on the path of root only. */
  private static final List<String> SYSTEM_FOLDERS = List.of("/usr/bin", "/usr/sbin", "/sbin");

  private static final String REQUIRED = "required";
  private static final int PROBE_SECONDS = 20;

  private final String program;
  private final String debianPackage;
  private final String pythonModule;

  PeerProgram(String program, String debianPackage) {
    this(program, debianPackage, "");
  }

  PeerProgram(String program, String debianPackage, String pythonModule) {
    this.program = program;
    this.debianPackage = debianPackage;
    this.pythonModule = pythonModule;
  }

  /**
   * The package of Debian that has it.
   *
   * @return its name
   */
  public String debianPackage() {
    return debianPackage;
  }

  /**
   * Where it is.
   *
   * @return an absolute path
   * @throws org.opentest4j.TestAbortedException if it is not installed, which skips the test
   * @throws AssertionError instead, with {@code -Dpeers=required}
   */
  public String path() {
    return find(folders()).orElseGet(() -> missing(System.getProperty("peers", "optional")));
  }

  /** What a test that needs it ends with, where it is not installed. */
  String missing(String policy) {
    String name = pythonModule.isEmpty() ? program : program + " with the module " + pythonModule;
    String reason = "needs " + name + " (Debian package " + debianPackage + ")";
    return policy.equals(REQUIRED) ? fail(reason + ", with -Dpeers=required") : abort(reason);
  }

  /**
   * Describes a process of it.
   *
   * @param arguments what follows its name
   * @return to be started
   */
  public ProcessBuilder command(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = path();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return new ProcessBuilder(command);
  }

  /**
   * The program of a command line that begins with a name, which stays as it is if it is none of
   * these.
   *
   * @param name such as {@code socat}
   * @return what to start
   */
  public static String pathOf(String name) {
    return Arrays.stream(values())
        .filter(each -> each.program.equals(name))
        .findFirst()
        .map(PeerProgram::path)
        .orElse(name);
  }

  /** The first that is there and, of Python, has the module. */
  Optional<String> find(List<String> folders) {
    return folders.stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .filter(this::isUsable)
        .findFirst();
  }

  private static List<String> folders() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), SYSTEM_FOLDERS.stream())
        .filter(folder -> !folder.isEmpty())
        .distinct()
        .toList();
  }

  private boolean isUsable(String found) {
    if (pythonModule.isEmpty()) {
      return true;
    }
    try {
      Process process =
          new ProcessBuilder(found, "-c", "import " + pythonModule)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
