package dev.echo.server.app;

import dev.echo.duplex.SystemFailure;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.TransportChoice;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.limit.Limits;
import dev.echo.metrics.EchoObserver;
import dev.echo.server.EchoServer;
import dev.echo.server.EchoServerBuilder;
import dev.echo.server.ListenException;
import dev.echo.text.Durations;
import dev.echo.text.ExitStatus;
import io.netty.util.NetUtil;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts the server of a plan, serves until a signal comes, and drains. */
final class ServerRun {
  private static final long POLL_MILLIS = 20;
  private static final long FORCE_MILLIS = 1000;

  private final ServerPlan plan;
  private final Console console;
  private final BlockingQueue<Signals.Received> signals;
  private final TransportChoice choice;

  ServerRun(ServerPlan plan, Console console, BlockingQueue<Signals.Received> signals) {
    this.plan = plan;
    this.console = console;
    this.signals = signals;
    choice =
        plan.transport()
            .map(asked -> new TransportChoice(asked, "as asked"))
            .orElseGet(() -> TransportChoice.serving(plan.endpoints()));
  }

  /** Returns the exit status once the server has ended. */
  int run() throws UsageException, InterruptedException {
    PrintStream logged = System.err;
    try (EventLoops loops = loops();
        LinePrinter printer = new LinePrinter(console.err())) {
      System.setErr(LineStream.to(printer));
      ConnectionLimit limit =
          ConnectionLimit.of(
              ProcessResources.now(loops.transport()),
              plan.limits().ceilingBytes(),
              plan.maxConnections());
      boolean shows = plan.verbosity().showsConnections(console.look());
      EchoServer server =
          start(
              loops,
              limit,
              shows
                  ? new ConnectionLines(printer, console.look(), plan.mode())
                  : EchoObserver.NONE);
      if (plan.verbosity().tellsChoices()) {
        tell(printer, "transport " + choice);
      }
      tell(printer, limit.toString());
      UnixOptions.warning(plan.endpoints(), loops.transport())
          .ifPresent(line -> tell(printer, line));
      ReceiveBuffer.shortage(plan.limits().receiveBufferBytes())
          .ifPresent(line -> tell(printer, line));
      plan.front()
          .fingerprint()
          .ifPresent(pin -> tell(printer, "TLS certificate, for clients: --tls-pin " + pin));
      announce(server, printer);
      if (shows) {
        inviteBrowsers(server, printer);
      }
      while (signals.take().isQuestion()) {
        tellConnections(server, printer);
      }
      return drain(server, printer);
    } finally {
      System.setErr(logged);
    }
  }

  private EventLoops loops() throws UsageException, InterruptedException {
    Transport transport = choice.transport();
    Throwable missing = transport.unavailability();
    if (missing != null) {
      throw new UsageException(
          "--transport " + transport + " is not available here: " + sentence(missing));
    }
    try {
      return EventLoops.start(transport, plan.threads());
    } catch (ExecutionException | IllegalStateException e) {
      throw new UsageException("cannot start " + plan.threads() + " threads: " + sentence(e));
    }
  }

  /** Whoever cannot be told where it listens may know it anyhow, so it serves all the same. */
  private void announce(EchoServer server, LinePrinter printer) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < plan.endpoints().size(); i++) {
      Endpoint shown = shown(plan.endpoints().get(i), server.endpoints().get(i));
      lines.add("LISTENING " + shown);
    }
    try {
      console.show(lines);
    } catch (UsageException e) {
      printer.print(String.valueOf(e.getMessage()));
    }
  }

  /** A person may not know that a browser can look at a WebSocket listener. */
  private void inviteBrowsers(EchoServer server, LinePrinter printer) {
    for (int i = 0; i < plan.endpoints().size(); i++) {
      Endpoint shown = shown(plan.endpoints().get(i), server.endpoints().get(i));
      if (shown instanceof WebSocketEndpoint) {
        tell(printer, "a browser can open " + shown.toString().replaceFirst("ws", "http"));
      }
    }
  }

  /**
   * An address is shown as it was asked for, since a system that serves both families at once calls
   * 0.0.0.0 by another name; a name is shown as its address.
   */
  static Endpoint shown(Endpoint asked, Endpoint bound) {
    if (asked instanceof NetworkEndpoint wanted
        && bound instanceof NetworkEndpoint real
        && (NetUtil.isValidIpV4Address(wanted.host())
            || NetUtil.isValidIpV6Address(wanted.host()))) {
      return wanted.at(wanted.host(), real.port());
    }
    return bound;
  }

  private EchoServer start(EventLoops loops, ConnectionLimit limit, EchoObserver observer)
      throws UsageException, InterruptedException {
    EchoServerBuilder builder =
        EchoServer.builder()
            .mode(plan.mode())
            .front(plan.front())
            .limits(with(plan.limits(), limit.connections()))
            .observer(observer);
    for (Endpoint endpoint : plan.endpoints()) {
      if (endpoint instanceof UdpEndpoint udp) {
        builder.listen(loops.datagrams(), udp);
      } else {
        builder.listen(loops.bootstrap(endpoint), endpoint);
      }
    }
    try {
      return builder.start().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new UsageException(
          e.getCause() instanceof ListenException failure
              ? String.valueOf(failure.getMessage())
              : "cannot start: " + sentence(e));
    }
  }

  private static Limits with(Limits limits, int maxConnections) {
    return new Limits(
        limits.ceilingBytes(),
        limits.receiveBufferBytes(),
        maxConnections,
        limits.maxConnectionsPerSource(),
        limits.maxFrameBytes(),
        limits.idleTimeout(),
        limits.stallTimeout());
  }

  private int drain(EchoServer server, LinePrinter printer) throws InterruptedException {
    int open = server.connections();
    if (open > 0) {
      tell(
          printer,
          String.format(
              Locale.ROOT,
              "draining %,d connection%s, up to %s; again to force",
              open,
              open == 1 ? "" : "s",
              Durations.format(plan.drainTimeout())));
    }
    CompletableFuture<Void> drained = server.drain(plan.drainTimeout()).toCompletableFuture();
    while (!drained.isDone()) {
      Signals.Received again = signals.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (again != null && again.isQuestion()) {
        tellConnections(server, printer);
      } else if (again != null) {
        force(server);
        return again.exitStatus();
      }
    }
    return ExitStatus.OK.code();
  }

  private void tellConnections(EchoServer server, LinePrinter printer) {
    int open = server.connections();
    tell(printer, String.format(Locale.ROOT, "%,d connection%s open", open, open == 1 ? "" : "s"));
  }

  private static void force(EchoServer server) throws InterruptedException {
    try {
      server.close().toCompletableFuture().get(FORCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The process ends now, and with it whatever is left.
      return;
    }
  }

  /** Through the printer, since a standard error that nobody reads must not hold up the end. */
  private void tell(LinePrinter printer, String message) {
    if (plan.verbosity() != Verbosity.QUIET) {
      printer.print(message);
    }
  }

  /** What went wrong at the bottom of it, without a stack trace. */
  static String sentence(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return SystemFailure.words(root);
  }
}
