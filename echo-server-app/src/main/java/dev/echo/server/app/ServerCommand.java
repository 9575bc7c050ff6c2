package dev.echo.server.app;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.limit.Limits;
import dev.echo.pipeline.ServerFront;
import dev.echo.text.PlainLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of the server, and the plan that they make. */
@Command(
    name = "echo-server",
    header = {
      "Returns exactly what it is sent, to any number of peers.",
      "",
      "  echo-server                         on 127.0.0.1 port 65432",
      "  echo-server 0.0.0.0 7               on every address, port 7",
      "  echo-server --listen tcp://[::1]:0  on a free port, which it prints",
      "  echo-server --listen tls://127.0.0.1:0 --tls-self-signed",
      "  echo-server --mode stream -v        bytes only (RFC 862), shown as they pass",
      ""
    },
    customSynopsis = "echo-server [OPTION]... [HOST [PORT]]",
    sortOptions = false,
    usageHelpAutoWidth = false,
    footer = {
      "",
      "Durations have a unit: 500ms 10s 1m. Sizes: 64 1k (1000) 64KiB (65536).",
      "Standard output gets one line for each listener, LISTENING tcp://HOST:PORT.",
      "Signals: TERM, INT and HUP drain and exit 0; a second one ends at once. USR1",
      "prints how many connections are open, on standard error.",
      "Exit status: 0 after a drain, 2 if an option, an address or a port cannot be",
      "used, 143, 130 or 129 if a second signal ended it (TERM, INT or HUP)."
    })
final class ServerCommand {
  private static final int MOST_WORDS = 2;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "HOST",
      description =
          "Where to listen (default: 127.0.0.1); also with the port in one word: HOST:PORT,"
              + " [V6]:PORT, or a URI")
  private @Nullable String host;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PORT",
      description = "On which port (default: 65432); 0 takes a free one")
  private @Nullable String port;

  @Option(
      names = "--listen",
      paramLabel = "URI",
      description =
          "Where to listen: tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT, ws://HOST:PORT,"
              + " wss://HOST:PORT or unix:///PATH; repeatable")
  private List<String> listen = new ArrayList<>();

  @Mixin private final UnixOptions unix = new UnixOptions();
  @Mixin private final AccessOptions access = new AccessOptions();
  @Mixin private final ProxyOptions proxy = new ProxyOptions();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = OptionTypes.Mode.class,
      description =
          "auto, stream or frames (default: auto: frames for a peer that begins with the preface,"
              + " else stream)")
  private EchoMode mode = EchoMode.AUTO;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = "Open connections in all (default: what file descriptors and memory allow)")
  private @Nullable Integer maxConnections;

  @Option(
      names = "--max-connections-per-source",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = "Open connections of one IP address (default: no limit)")
  private int maxConnectionsPerSource = Limits.UNLIMITED;

  @Option(
      names = "--max-frame",
      paramLabel = "SIZE",
      converter = OptionTypes.MaxFrame.class,
      description = "The longest frame in frames mode, or none (default: none)")
  private long maxFrame = Limits.DEFAULT.maxFrameBytes();

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      converter = OptionTypes.Timeout.class,
      description =
          "Close a connection after this long without traffic, or none (default: 10m; none on"
              + " loopback)")
  private Duration idleTimeout = Limits.DEFAULT.idleTimeout();

  @Option(
      names = "--stall-timeout",
      paramLabel = "TIME",
      converter = OptionTypes.Timeout.class,
      description =
          "Close a connection whose peer leaves its echo unread or a frame unfinished for this"
              + " long without progress, or none (default: 30s)")
  private Duration stallTimeout = Limits.DEFAULT.stallTimeout();

  @Option(
      names = "--drain-timeout",
      paramLabel = "TIME",
      converter = OptionTypes.Drain.class,
      description =
          "On shutdown, close connections that are still open after this long (default: 10s)")
  private Duration drainTimeout = Duration.ofSeconds(10);

  @Option(
      names = "--ceiling",
      paramLabel = "SIZE",
      converter = OptionTypes.Ceiling.class,
      description =
          "Most memory per connection, whether its peer reads or not" + " (default: 256KiB)")
  private int ceiling = Limits.DEFAULT.ceilingBytes();

  @Option(
      names = "--receive-buffer",
      paramLabel = "SIZE",
      converter = OptionTypes.ReceiveBuffer.class,
      description =
          "The system's buffer for what a peer sends, or system for one that grows"
              + " (default: 256KiB)")
  private int receiveBuffer = Limits.DEFAULT.receiveBufferBytes();

  @Mixin private final WebSocketOptions webSocket = new WebSocketOptions();
  @Mixin private final DatagramOptions datagrams = new DatagramOptions();

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      converter = OptionTypes.TransportChoice.class,
      description =
          "auto, nio, epoll, io_uring or kqueue (default: auto: the fastest there is for what"
              + " is listened on)")
  private OptionTypes.TransportName transport = OptionTypes.TransportName.AUTO;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = "Threads for connections (default: one a processor)")
  private @Nullable Integer threads;

  @Mixin private final TlsOptions tls = new TlsOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Errors only")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show connections and a preview of what they send, as on a terminal; -vv: more")
  private boolean[] verbose = {};

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show version, commit, Netty, Java and transport")
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this")
  private boolean help;

  /** The options of nothing yet: what the parser fills. */
  ServerCommand() {}

  private ServerCommand(PlainLine line) {
    Iterator<String> words = line.words().iterator();
    host = words.hasNext() ? words.next() : null;
    port = words.hasNext() ? words.next() : null;
    listen = line.values();
  }

  /** What the parser makes of where to listen; null if there is more in the line. */
  static @Nullable ServerCommand plain(String... args) {
    PlainLine line = PlainLine.of("--listen", MOST_WORDS, args);
    return line == null ? null : new ServerCommand(line);
  }

  boolean asksForHelp() {
    return help;
  }

  boolean asksForVersion() {
    return version;
  }

  Verbosity verbosity() {
    if (quiet) {
      return Verbosity.QUIET;
    }
    return switch (verbose.length) {
      case 0 -> Verbosity.NORMAL;
      case 1 -> Verbosity.VERBOSE;
      default -> Verbosity.DEBUG;
    };
  }

  ServerPlan plan() throws UsageException {
    if (quiet && verbose.length > 0) {
      throw new UsageException("-q and -v exclude each other");
    }
    int serving = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    List<Endpoint> endpoints = endpoints();
    return new ServerPlan(
        endpoints,
        mode,
        transport.transport(),
        serving,
        limits(),
        maxConnections == null ? OptionalInt.empty() : OptionalInt.of(maxConnections),
        front(endpoints),
        drainTimeout,
        verbosity());
  }

  private ServerFront front(List<Endpoint> endpoints) throws UsageException {
    ServerFront front =
        ServerFront.NONE
            .origins(webSocket.origins())
            .unix(unix.permissions())
            .access(access.list())
            .proxy(proxy.policy())
            .datagrams(datagrams.limits());
    return tls.tls(endpoints).map(front::tls).orElse(front);
  }

  private List<Endpoint> endpoints() throws UsageException {
    if (listen.isEmpty()) {
      return List.of(ListenWords.parse(host, port));
    }
    if (host != null) {
      throw new UsageException(
          "'" + host + "' and --listen exclude each other (give --listen more than once)");
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (String uri : listen) {
      endpoints.add(ListenWords.uri(uri));
    }
    return endpoints;
  }

  private Limits limits() {
    return Limits.builder()
        .ceilingBytes(ceiling)
        .receiveBufferBytes(receiveBuffer)
        .maxConnectionsPerSource(maxConnectionsPerSource)
        .maxFrameBytes(maxFrame)
        .idleTimeout(idleTimeout)
        .stallTimeout(stallTimeout)
        .build();
  }
}
