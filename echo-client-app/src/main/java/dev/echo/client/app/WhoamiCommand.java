package dev.echo.client.app;

import dev.echo.client.Whoami;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.text.ExitStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a server sees of this client. */
@CommandLine.Command(
    name = "whoami",
    sortOptions = false,
    customSynopsis = "echo-client whoami [OPTIONS] [TARGET]",
    description = {
      "",
      "Asks an echo-server what it sees of this client: its address, the one that a",
      "proxy named, TLS, and the server's limits. A plain echo returns the question and",
      "cannot tell.",
      "",
    },
    header = {
      "Examples:",
      "  echo-client whoami                      127.0.0.1 65432",
      "  echo-client whoami HOST:PORT --json     one object",
      "  echo-client whoami HOST:PORT --send-proxy v2",
      "",
    },
    footer = {
      "",
      "Times: 500ms 10s 1m.",
      "Exit status: 0 answered, or a plain echo; 1 no echo, 2 usage, 3 no connection,",
      "4 no answer.",
    })
final class WhoamiCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      arity = "0..*",
      hideParamSyntax = true,
      description = "a URI, HOST:PORT, [IPV6]:PORT or HOST PORT (default: 127.0.0.1 65432)")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--timeout",
      order = 12,
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "timeout for the answer (default: 10s)")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--connect-timeout",
      order = 13,
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "connect timeout per address (default: 5s)")
  private Duration connectTimeout = Duration.ofSeconds(5);

  @Mixin private final FrontOptions front = new FrontOptions();

  @Option(names = "--json", order = 21, description = "one object on standard output")
  private boolean json;

  @Override
  public ExitStatus run(Environment environment) throws InterruptedException {
    Target target = Target.parse(words, "").connected("whoami");
    if (target.connections().isPresent()) {
      throw new IllegalArgumentException(
          "'" + target.connections().getAsInt() + "': whoami makes one connection");
    }
    front.check(target.endpoint(), environment.err());
    Transport transport = Transport.best();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    try {
      CompletableFuture<Whoami> answer = ask(group, transport, target.endpoint());
      CompletableFuture<ExitStatus> interrupted = environment.interruption().requested();
      Stages.failure(CompletableFuture.anyOf(answer, interrupted));
      return answer.isDone() ? report(environment, target.endpoint(), answer) : interrupted.join();
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
    }
  }

  private CompletableFuture<Whoami> ask(
      EventLoopGroup group, Transport transport, Endpoint endpoint) {
    Bootstrap bootstrap = new Bootstrap().group(group).channelFactory(transport.channels(endpoint));
    return Whoami.ask(
            bootstrap,
            endpoint,
            front.front(),
            ConnectionOptions.checked("--connect-timeout", connectTimeout),
            ConnectionOptions.checked("--timeout", timeout))
        .toCompletableFuture();
  }

  private ExitStatus report(
      Environment environment, Endpoint endpoint, CompletableFuture<Whoami> answer)
      throws InterruptedException {
    WhoamiText text = new WhoamiText(endpoint);
    Throwable unanswered = Stages.failure(answer);
    Optional<Failure> failure =
        unanswered == null
            ? text.failure(answer.join())
            : Optional.of(Failure.of(0, endpoint, unanswered));
    if (failure.isPresent()) {
      Failure told = failure.get();
      if (json) {
        environment.out().line(text.json(told));
      }
      environment.err().line(told.sentence());
      told.details().forEach(detail -> environment.err().line("  " + detail));
      return told.status();
    }
    Whoami whoami = answer.join();
    if (json) {
      environment.out().line(text.json(whoami));
    } else {
      text.lines(whoami).forEach(environment.out()::line);
    }
    return ExitStatus.OK;
  }
}
