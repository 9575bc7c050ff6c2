package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.limit.Limits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
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

  private int run(PrintStream err) throws Exception {
    ServerPlan plan =
        new ServerPlan(
            List.of(Endpoint.parse("tcp://127.0.0.1:0")),
            EchoMode.AUTO,
            Optional.of(Transport.NIO),
            1,
            Limits.DEFAULT,
            OptionalInt.of(10),
            Duration.ofSeconds(1),
            Verbosity.VERBOSE);
    Console console =
        new Console(new PrintStream(out, true, StandardCharsets.UTF_8), err, Console.Look.PLAIN);
    return new ServerRun(plan, console, new LinkedBlockingQueue<>(List.of(TERM))).run();
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
