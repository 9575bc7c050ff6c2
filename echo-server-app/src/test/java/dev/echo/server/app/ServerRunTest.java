package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.limit.Limits;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerRunTest {
  private static final Signals.Received TERM = new Signals.Received("TERM", 15);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A thread that waits for the stream cannot be interrupted, so the test must leave it behind. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsThoughNobodyReadsStandardError() throws Exception {
    StoppedTerminal terminal = new StoppedTerminal();

    int status = run(terminal.stream());

    assertThat(status).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches("LISTENING tcp://127\\.0\\.0\\.1:\\d+\n");
    terminal.release();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void warnsWithoutWaitingForStandardError() throws Exception {
    StoppedTerminal terminal = new StoppedTerminal();
    PrintStream before = System.err;
    System.setErr(terminal.stream());
    LinkedBlockingQueue<Signals.Received> signals = new LinkedBlockingQueue<>();
    var ended = CompletableFuture.supplyAsync(() -> run(terminal.stream(), 1, signals));
    try {
      int port = awaitPort();
      try (Socket first = ServerJar.connect(port);
          Socket second = ServerJar.connect(port)) {
        assertThat(ServerJar.echo(first, "Hello")).isEqualTo("Hello");
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
      signals.add(TERM);
      assertThat(ended.get(10, TimeUnit.SECONDS)).isZero();
    } finally {
      terminal.release();
      System.setErr(before);
    }
  }

  private int awaitPort() {
    Eventually.eventually("listening", () -> text().endsWith("\n"));
    return Integer.parseInt(text().substring(text().lastIndexOf(':') + 1).strip());
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private int run(PrintStream err) {
    return run(err, 10, new LinkedBlockingQueue<>(List.of(TERM)));
  }

  private int run(PrintStream err, int connections, BlockingQueue<Signals.Received> signals) {
    ServerPlan plan =
        new ServerPlan(
            List.of(Endpoint.parse("tcp://127.0.0.1:0")),
            EchoMode.AUTO,
            Optional.of(Transport.NIO),
            1,
            Limits.DEFAULT,
            OptionalInt.of(connections),
            ServerFront.NONE,
            Duration.ofSeconds(1),
            Verbosity.VERBOSE);
    Console console =
        new Console(new PrintStream(out, true, StandardCharsets.UTF_8), err, Console.Look.PLAIN);
    try {
      return new ServerRun(plan, console, signals).run();
    } catch (UsageException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://0.0.0.0:0, tcp://[0:0:0:0:0:0:0:0]:7, tcp://0.0.0.0:7",
    "tcp://[::1]:0, tcp://[0:0:0:0:0:0:0:1]:7, tcp://[::1]:7",
    "tcp://localhost:0, tcp://127.0.0.1:7, tcp://127.0.0.1:7"
  })
  void showsAddressesAsTheyWereAskedFor(String asked, String bound, String shown) {
    assertThat(ServerRun.shown(Endpoint.parse(asked), Endpoint.parse(bound))).hasToString(shown);
  }
}
