package dev.echo.client.app;

import dev.echo.client.ClientConfig;
import dev.echo.client.app.message.MessagePlan;
import dev.echo.client.app.message.MessageSource;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.pipeline.ClientFront;
import dev.echo.server.EchoServer;
import dev.echo.text.EscapedText;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Shows an echo without needing anything: the server is in this process. */
@CommandLine.Command(
    name = "demo",
    sortOptions = false,
    customSynopsis = "echo-client demo [SCHEME]",
    description = {
      "",
      "Starts a server in this process, on a free port, and sends it a string, binary",
      "bytes, an empty message and 1 MB (over UDP as much as a datagram takes) over",
      "three connections at the same time. Needs nothing else.",
      "",
    },
    header = {"Examples:", "  echo-client demo", "  echo-client demo wss", ""})
final class DemoCommand implements Command {
  private static final int CONNECTIONS = 3;
  private static final long SEED = 65432;
  private static final int BYTES = 1_000_000;
  private static final int DATAGRAM_BYTES = 60_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCHEME",
      defaultValue = "tcp",
      description = "tcp, tls, udp, unix, ws or wss (default: tcp)")
  private String scheme = "tcp";

  @Override
  public ExitStatus run(Environment environment) throws InterruptedException {
    return run(DemoPath.of(EscapedText.of(scheme, 20)), environment);
  }

  private static ExitStatus run(DemoPath path, Environment environment)
      throws InterruptedException {
    EchoServer server;
    try {
      server =
          EchoServer.builder()
              .front(path.serverFront())
              .listen(path.listen())
              .start()
              .toCompletableFuture()
              .join();
    } catch (CompletionException e) {
      throw new IllegalArgumentException("no server can be started here: " + e.getCause(), e);
    }
    try {
      Endpoint endpoint = server.endpoints().get(0);
      environment
          .out()
          .line(
              "server  "
                  + endpoint
                  + ", in this process"
                  + (endpoint instanceof UnixEndpoint ? "" : ", on a free port"));
      int most = endpoint instanceof UdpEndpoint ? DATAGRAM_BYTES : BYTES;
      SendConfig config = config(endpoint, path.clientFront(), most);
      DemoReport report = new DemoReport(environment.out(), most);
      return endpoint instanceof UdpEndpoint udp
          ? new DatagramSendRun(config, udp, environment, report).run()
          : new SendRun(config, environment, report).run();
    } finally {
      Stages.failure(server.close());
    }
  }

  private static SendConfig config(Endpoint endpoint, ClientFront front, int most) {
    MessagePlan plan =
        new MessagePlan(
            List.of(
                MessageSource.text("Hello, world"),
                MessageSource.bytes(everyByte()),
                MessageSource.bytes(new byte[0]),
                MessageSource.random(most, SEED)),
            1);
    return new SendConfig(
        Target.of(endpoint),
        CONNECTIONS,
        plan,
        ClientConfig.builder().front(front).build(),
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
