package dev.echo.client.app;

import dev.echo.client.ClientConfig;
import dev.echo.client.app.message.MessagePlan;
import dev.echo.client.app.message.MessageSource;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;

/** Shows an echo without needing anything: the server is in this process. */
@CommandLine.Command(
    name = "demo",
    sortOptions = false,
    customSynopsis = "echo-client demo",
    description = {
      "",
      "Starts a server in this process, on a free port, and sends it a string, binary",
      "bytes, an empty message and 1 MiB over three connections at the same time.",
      "Needs nothing else.",
      "",
    },
    header = {"Example:", "  echo-client demo", ""})
final class DemoCommand implements Command {
  private static final int CONNECTIONS = 3;
  private static final long SEED = 65432;

  @Override
  public ExitStatus run(Environment environment) throws InterruptedException {
    EchoServer server;
    try {
      server =
          EchoServer.builder()
              .listen(TcpEndpoint.of("127.0.0.1", 0))
              .start()
              .toCompletableFuture()
              .join();
    } catch (CompletionException e) {
      throw new IllegalArgumentException("no server can be started here: " + e.getCause(), e);
    }
    try {
      Endpoint endpoint = server.endpoints().get(0);
      environment.out().line("server  " + endpoint + ", in this process, on a free port");
      return new SendRun(config(endpoint), environment, new DemoReport(environment.out())).run();
    } finally {
      Stages.failure(server.close());
    }
  }

  private static SendConfig config(Endpoint endpoint) {
    MessagePlan plan =
        new MessagePlan(
            List.of(
                MessageSource.text("Hello, world"),
                MessageSource.bytes(everyByte()),
                MessageSource.bytes(new byte[0]),
                MessageSource.random(1 << 20, SEED)),
            1);
    return new SendConfig(
        Target.of(endpoint),
        CONNECTIONS,
        plan,
        ClientConfig.DEFAULT,
        Duration.ZERO,
        Print.NONE,
        Verbosity.NORMAL);
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
