package dev.echo.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A launcher's jar as a process of its own: what it writes, signals to it, its exit status. Every
 * wait has a deadline and shows, when it fails, what the process has written; {@link #close()} ends
 * whatever is left. Thread-safe.
 */
public final class JarProcess implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 5;

  private static final int HUP = 1;

  private final Process process;
  private final List<String> command;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Thread> readers;

  private JarProcess(List<String> command, Map<String, String> environment) throws IOException {
    this.command = command;
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("NO_COLOR");
    builder.environment().putAll(environment);
    process = builder.start();
    readers =
        List.of(reader(process.inputReader(StandardCharsets.UTF_8), out), reader(errors(), err));
  }

  private BufferedReader errors() {
    return new BufferedReader(
        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  private static Thread reader(BufferedReader from, StringWriter to) {
    Thread reader =
        new Thread(
            () -> {
              char[] chars = new char[8192];
              try (from) {
                for (int n = from.read(chars); n >= 0; n = from.read(chars)) {
                  to.write(chars, 0, n);
                }
              } catch (IOException e) {
                to.write("(" + e + ")");
              }
            });
    reader.setDaemon(true);
    reader.start();
    return reader;
  }

  /**
   * Starts a jar with the Java that runs the tests, with paranoid leak detection.
   *
   * @param jar such as {@code target/echo-server.jar}
   * @param arguments for its {@code main}
   * @return the running process
   */
  public static JarProcess start(Path jar, String... arguments) {
    return of(jar).start(arguments);
  }

  /**
   * Starts to describe a process.
   *
   * @param jar such as {@code target/echo-server.jar}
   * @return a builder
   */
  public static Builder of(Path jar) {
    return new Builder(jar);
  }

  /**
   * Starts to describe a process of a script that starts a jar, on the Java that runs the tests.
   *
   * @param script such as {@code target/bin/echo-server}
   * @return a builder
   */
  public static Builder ofScript(Path script) {
    Builder builder = new Builder(script);
    builder.isScript = true;
    return builder;
  }

  /** Says how the process is to be started. */
  public static final class Builder {
    private final Path jar;
    private final List<String> before = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path home = Path.of(System.getProperty("java.home"));
    private boolean isScript;

    private Builder(Path jar) {
      this.jar = jar;
      options.add("-Dio.netty.leakDetection.level=paranoid");
      options.add("-Dstderr.encoding=UTF-8");
      options.add("-Dfile.encoding=UTF-8");
    }

    /**
     * Starts it through another program, such as {@code prlimit --nofile=256:256}. Where that is a
     * {@link PeerProgram} that is not installed, the test is skipped.
     *
     * @param words the other program, which replaces itself by what follows
     * @return this
     */
    public Builder through(String... words) {
      before.addAll(List.of(words));
      before.set(before.size() - words.length, PeerProgram.pathOf(words[0]));
      return this;
    }

    /**
     * Adds options of the JVM.
     *
     * @param words such as {@code -Xmx64m}
     * @return this
     */
    public Builder jvm(String... words) {
      options.addAll(List.of(words));
      return this;
    }

    /**
     * Runs it on another Java.
     *
     * @param home a Java home
     * @return this
     */
    public Builder javaHome(Path home) {
      this.home = home;
      return this;
    }

    /**
     * Sets an environment variable.
     *
     * @param name of the variable
     * @param value of the variable
     * @return this
     */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /**
     * Starts it.
     *
     * @param arguments for its {@code main}
     * @return the running process
     */
    public JarProcess start(String... arguments) {
      List<String> command = new ArrayList<>(before);
      if (isScript) {
        environment.put("JAVA_HOME", home.toString());
        environment.put("ECHO_JAVA_OPTS", String.join(" ", options));
        command.add(jar.toAbsolutePath().toString());
      } else {
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
      }
      command.addAll(List.of(arguments));
      if (!Files.exists(jar)) {
        throw new IllegalStateException(
            jar.toAbsolutePath() + " is missing (mvn package makes it)");
      }
      try {
        return new JarProcess(command, environment);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Another Java to try the jars on: {@code ECHO_JAVA_25}, or where Linux distributions put it.
   *
   * @return a Java home, which may not exist
   */
  public static Path java25() {
    String home = System.getenv("ECHO_JAVA_25");
    return Path.of(home == null ? "/usr/lib/jvm/temurin-25-jdk-amd64" : home);
  }

  /**
   * Waits for a server's first line.
   *
   * @return the port of its first listener
   */
  public int awaitPort() {
    awaitOut("LISTENING ");
    await("a whole line", () -> out().contains("\n"));
    String line = out().lines().findFirst().orElseThrow();
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
  }

  /**
   * Waits until standard output holds a text.
   *
   * @param text anywhere in it
   */
  public void awaitOut(String text) {
    await("'" + text + "' on standard output", () -> out().contains(text));
  }

  /**
   * Waits until standard error holds a text.
   *
   * @param text anywhere in it
   */
  public void awaitErr(String text) {
    await("'" + text + "' on standard error", () -> err().contains(text));
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || (ended() && !condition.getAsBoolean())) {
        throw new AssertionError("no " + what + " from " + this);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted waiting for " + what, e);
      }
    }
  }

  private boolean ended() {
    return !process.isAlive() && readers.stream().noneMatch(Thread::isAlive);
  }

  /**
   * Sends a signal. Where the tests were started with HUP ignored, as by {@code nohup}, a JVM goes
   * on ignoring it, and a test that sends it is skipped.
   *
   * @param signal such as {@code TERM}
   */
  public void signal(String signal) {
    if (signal.equals("HUP") && ignored().testBit(HUP - 1)) {
      Assumptions.abort("needs a shell that does not ignore SIGHUP, as nohup has it do");
    }
    try {
      // The shell's own: the program is in no JDK.
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private BigInteger ignored() {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
          .findFirst()
          .orElse(BigInteger.ZERO);
    } catch (IOException e) {
      return BigInteger.ZERO; // ended, or no Linux
    }
  }

  /**
   * Waits for the end, and for everything that was written.
   *
   * @return the exit status
   */
  public int exitStatus() {
    return exitStatus(DEADLINE);
  }

  /**
   * Waits for the end, and for everything that was written.
   *
   * @param within how long
   * @return the exit status
   */
  public int exitStatus(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("no end within " + within + " of " + this);
      }
      for (Thread reader : readers) {
        reader.join(DEADLINE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted waiting for the end of " + this, e);
    }
    return process.exitValue();
  }

  /**
   * What it has written to standard output so far.
   *
   * @return text
   */
  public String out() {
    return out.toString();
  }

  /**
   * What it has written to standard error so far.
   *
   * @return text
   */
  public String err() {
    return err.toString();
  }

  /**
   * Its standard input.
   *
   * @return to be closed by the caller for end of input
   */
  public OutputStream in() {
    return process.getOutputStream();
  }

  /**
   * Its process id.
   *
   * @return for {@code /proc}
   */
  public long pid() {
    return process.pid();
  }

  /** Ends it at once if it is still there. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return String.join(" ", command) + "\n--- out\n" + out() + "\n--- err\n" + err() + "\n---";
  }
}
