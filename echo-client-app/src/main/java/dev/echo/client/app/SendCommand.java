package dev.echo.client.app;

import dev.echo.client.app.message.MessagePlan;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.text.ExitStatus;
import dev.echo.text.PlainLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends messages and verifies that each comes back. */
@CommandLine.Command(
    name = "send",
    sortOptions = false,
    customSynopsis = "echo-client [send] [OPTIONS] [TARGET [CONNECTIONS]]",
    description = {
      "",
      "Sends messages, verifies that each comes back as it was sent, tells how long",
      "it took.",
      "",
    },
    header = {
      "Examples:",
      "  echo-client                             Hello, world to 127.0.0.1 65432",
      "  echo-client HOST PORT 3 -m hi --empty   two messages over three connections",
      "  echo-client HOST:PORT -f FILE           a file of any size",
      "  echo-client -f - --lines                what you type, line by line",
      "  echo-client --wait 10s                  also if the server is not there yet",
      "",
    },
    footer = {
      "",
      "-m --hex --base64 -f --random --empty: any number of them, sent in the order",
      "given. In a pipe, standard output is what came back over connection 1.",
      "Sizes: 64 1k 64KiB. Times: 500ms 10s 1m.",
      "Exit status: 0 all came back, 1 wrong bytes, 2 usage, 3 unreachable,",
      "4 an echo is missing, 130 and 143 interrupted.",
    })
final class SendCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      arity = "0..*",
      hideParamSyntax = true,
      description = {
        "URI (tcp, tls, udp, unix, ws, wss), HOST:PORT, [IPV6]:PORT or HOST PORT (default:"
            + " 127.0.0.1 65432);"
            + " the word after it is -c"
      })
  private List<String> words = new ArrayList<>();

  @Mixin private final MessageOptions messages = new MessageOptions();

  @Option(
      names = "-c",
      order = 10,
      paramLabel = "NUMBER",
      description = "connections; each sends every message (default: 1)")
  private @Nullable Integer connections;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Mixin private final SendOptions options = new SendOptions();

  @Option(
      names = "--print",
      order = 20,
      paramLabel = "WHAT",
      defaultValue = "reply",
      description = "reply, hex or none on standard output (default: reply)")
  private Print print = Print.REPLY;

  @Option(
      names = "--json",
      order = 21,
      description = "an object for each message and a summary on standard output")
  private boolean json;

  @Option(names = "-v", order = 22, description = "a line for each message, also if there are many")
  private boolean verbose;

  @Option(names = "-q", order = 23, description = "on standard error only what goes wrong")
  private boolean quiet;

  /** The options of nothing yet: what the parser fills. */
  SendCommand() {}

  private SendCommand(PlainLine line) {
    words = line.words();
    line.values().forEach(messages::text);
  }

  /** What the parser makes of where to send and texts; null if there is more in the line. */
  static @Nullable SendCommand plain(String... args) {
    PlainLine line = PlainLine.of("-m", Integer.MAX_VALUE, args);
    return line == null ? null : new SendCommand(line);
  }

  @Override
  public ExitStatus run(Environment environment) throws InterruptedException {
    Target parsed = Target.parse(words);
    Target target = connections == null ? parsed : parsed.withoutHint();
    connection.check(target.endpoint(), environment.err());
    MessagePlan plan = messages.plan(environment.in());
    SendConfig config =
        new SendConfig(
            target,
            Descriptors.checked(target.connections(connections), plan.files()),
            plan,
            options.config(connection),
            options.waitTime(),
            json ? Print.JSON : print,
            verbosity());
    if (!messages.seedNote().isEmpty() && !quiet) {
      environment.err().line(messages.seedNote());
    }
    if (!json) {
      environment.out().letReaderLeave();
    }
    Report text = new TextReport(environment.err(), config);
    if (config.endpoint() instanceof UdpEndpoint udp) {
      Report[] reports =
          json ? new Report[] {text, new JsonReport(environment.out())} : new Report[] {text};
      return new DatagramSendRun(config, udp, environment, reports).run();
    }
    return json
        ? new SendRun(config, environment, text, new JsonReport(environment.out())).run()
        : new SendRun(config, environment, text).run();
  }

  private Verbosity verbosity() {
    if (quiet && verbose) {
      throw new IllegalArgumentException("-q and -v: one of them");
    }
    return quiet ? Verbosity.QUIET : verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
  }
}
