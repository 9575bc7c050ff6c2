package dev.echo.client.app;

import dev.echo.client.app.message.MessageSource;
import dev.echo.endpoint.Transport;
import dev.echo.text.ExitStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Connects, sends, reports. A thread of its own does the work, because it may be reading what
 * somebody types; the caller's waits until all is done, or there is no reason to go on.
 */
final class SendRun {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration FOREVER = Duration.ofDays(1000);

  private final SendConfig config;
  private final Environment environment;
  private final Report report;
  private final Tally tally = new Tally();
  private final LongAdder received = new LongAdder();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final CompletableFuture<Void> connectionsOver = new CompletableFuture<>();
  private volatile List<Connection> connections = List.of();
  private volatile @Nullable Feeder feeder;

  SendRun(SendConfig config, Environment environment, Report... reports) {
    this.config = config;
    this.environment = environment;
    this.report = new Reports(List.of(reports));
  }

  /** Runs to the end and says how it went. */
  ExitStatus run() throws InterruptedException {
    try {
      config.plan().check();
    } catch (IOException e) {
      fail(Failure.usage(String.valueOf(e.getMessage())));
      return end(FOREVER);
    }
    Transport transport = Transport.best();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(threads(), transport.ioHandlers());
    Bootstrap bootstrap =
        new Bootstrap().group(group).channelFactory(transport.channels(config.endpoint()));
    Thread worker = new Thread(() -> work(bootstrap), "echo-feeder");
    worker.setDaemon(true);
    try {
      worker.start();
      await();
      boolean interrupted = environment.interruption().requested().isDone();
      return end(interrupted ? PATIENCE : FOREVER);
    } finally {
      connections.forEach(connection -> connection.client().close());
      worker.interrupt();
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
    }
  }

  private int threads() {
    return Math.min(config.connections(), Runtime.getRuntime().availableProcessors());
  }

  @SuppressWarnings("CatchingUnchecked") // the one place that answers for the worker
  private void work(Bootstrap bootstrap) {
    try {
      Dialer dialer = new Dialer(config, bootstrap, report);
      connections = dialer.dial(environment.out(), received, tally);
      if (connections.isEmpty()) {
        return;
      }
      Feeder next = new Feeder(config, connections, environment.out(), report, tally);
      feeder = next;
      CompletableFuture<?>[] over =
          connections.stream().map(Connection::over).toArray(CompletableFuture<?>[]::new);
      CompletionStage<Void> allOver = CompletableFuture.allOf(over);
      allOver.thenRun(() -> connectionsOver.complete(null));
      try (Progress progress = new Progress(environment.err(), expectedBytes(), received::sum)) {
        if (!isTyped()) {
          progress.start();
        }
        next.feed();
      }
    } catch (IOException e) {
      fail(Failure.usage(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | OutOfMemoryError e) {
      fail(Failure.of(0, config.endpoint(), e));
    } finally {
      done.complete(null);
    }
  }

  /** A status line would be drawn over what a person types. */
  private boolean isTyped() {
    return environment.inDestination().isTerminal()
        && config.plan().sources().stream().anyMatch(source -> !source.isRepeatable());
  }

  private long expectedBytes() {
    long bytes = config.plan().bytes();
    return bytes == MessageSource.UNKNOWN || bytes > Long.MAX_VALUE / config.connections()
        ? MessageSource.UNKNOWN
        : bytes * connections.size();
  }

  private void fail(Failure failure) {
    tally.failed(failure);
    report.failure(failure);
  }

  /** Waits until there is nothing more to wait for. */
  private void await() throws InterruptedException {
    CompletableFuture<ExitStatus> interrupted = environment.interruption().requested();
    CompletableFuture<IOException> broken = environment.out().broken();
    Stages.failure(CompletableFuture.anyOf(done, connectionsOver, interrupted, broken));
    Feeder current = feeder;
    if (current != null && broken.isDone()) {
      current.endInput();
    }
    // The worker is about to end by itself, unless it waits for input that may never come.
    boolean ending = interrupted.isDone() || isDone();
    while (!ending) {
      ending = isDone() || interrupted.isDone() || (current != null && current.isReading());
    }
    if (interrupted.isDone()) {
      tally.interrupted(interrupted.join());
    }
    if (current != null) {
      current.tellEnded();
      current.stop();
    }
  }

  private boolean isDone() throws InterruptedException {
    try {
      done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private ExitStatus end(Duration patience) throws InterruptedException {
    ReplyOutput out = environment.out();
    out.settle();
    if (config.print() == Print.JSON || config.print() == Print.NONE) {
      // What they write last is the summary itself.
      out.failure().ifPresent(this::fail);
      report.summary(tally.summary());
      out.close(patience);
    } else {
      out.close(patience);
      out.failure().ifPresent(this::fail);
      report.summary(tally.summary());
    }
    return out.failure().map(Failure::status).orElse(ExitStatus.OK).and(tally.summary().status());
  }
}
