package dev.echo.client.app;

import dev.echo.client.app.message.MessageSource;
import dev.echo.client.app.message.Supply;
import dev.echo.endpoint.Transport;
import dev.echo.text.ExitStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Sends everything over every connection and reports. Each connection has a courier, so none waits
 * for another; the caller's thread waits until all are back, or there is no reason to go on.
 */
final class SendRun {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration FOREVER = Duration.ofDays(1000);

  private final SendConfig config;
  private final Environment environment;
  private final Report report;
  private final Telling telling;
  private final LongAdder received = new LongAdder();

  SendRun(SendConfig config, Environment environment, Report... reports) {
    this.config = config;
    this.environment = environment;
    this.report = new Reports(List.of(reports));
    telling = new Telling(config, environment.out(), report);
  }

  /** Runs to the end and says how it went. */
  ExitStatus run() throws InterruptedException {
    try {
      config.plan().check();
    } catch (IOException e) {
      telling.unusable(Failure.usage(String.valueOf(e.getMessage())));
      return end(FOREVER);
    }
    if (telling.isNothing()) {
      return end(FOREVER);
    }
    Transport transport = Transport.best();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(threads(), transport.ioHandlers());
    Bootstrap bootstrap =
        new Bootstrap().group(group).channelFactory(transport.channels(config.endpoint()));
    ExecutorService workers =
        Executors.newFixedThreadPool(threads(), new DefaultThreadFactory("echo-feeder", true));
    environment.interruption().onQuestion(() -> environment.err().line(telling.tally().soFar()));
    try {
      send(bootstrap, workers);
      boolean interrupted = environment.interruption().requested().isDone();
      return end(interrupted ? PATIENCE : FOREVER);
    } finally {
      workers.shutdownNow();
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
    }
  }

  private int threads() {
    return Math.min(config.connections(), Runtime.getRuntime().availableProcessors());
  }

  private void send(Bootstrap bootstrap, ExecutorService workers) throws InterruptedException {
    Supply supply = new Supply(config.plan());
    Errand errand =
        new Errand(
            new Dialer(config, bootstrap),
            new Patience(config, report),
            supply,
            telling,
            workers,
            received);
    List<Courier> couriers = new ArrayList<>();
    for (int number = 1; number <= config.connections(); number++) {
      couriers.add(new Courier(number, errand));
    }
    couriers.forEach(Courier::start);
    all(couriers, Courier::dialed).thenRun(telling::tellUnreachable);
    CompletableFuture<Void> over = all(couriers, Courier::over);
    Runnable beforeTheEnd = telling.endsWithItsOutput(supply);
    try (Progress progress = new Progress(environment.err(), expectedBytes(), received::sum)) {
      if (!isTyped()) {
        progress.start();
      }
      await(couriers, over);
    }
    beforeTheEnd.run();
  }

  private static CompletableFuture<Void> all(
      List<Courier> couriers, Function<Courier, CompletableFuture<Void>> what) {
    return CompletableFuture.allOf(
        couriers.stream().map(what).toArray(CompletableFuture<?>[]::new));
  }

  /** Waits until there is nothing more to wait for. */
  private void await(List<Courier> couriers, CompletableFuture<Void> over)
      throws InterruptedException {
    CompletableFuture<ExitStatus> interrupted = environment.interruption().requested();
    Stages.failure(CompletableFuture.anyOf(over, interrupted, telling.isUnusable()));
    if (interrupted.isDone() && !over.isDone()) {
      telling.tally().interrupted(interrupted.join());
    }
    couriers.forEach(Courier::stop);
    try {
      over.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // One that reads a file that does not answer, perhaps; it is a daemon's.
      return;
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
        : bytes * config.connections();
  }

  private ExitStatus end(Duration patience) throws InterruptedException {
    ReplyOutput out = environment.out();
    telling.tellUnreachable();
    telling.checkProof();
    out.settle();
    if (config.print() == Print.JSON || config.print() == Print.NONE) {
      // What they write last is the summary itself.
      out.takeFailure().ifPresent(telling::failed);
      report.summary(telling.tally().summary());
      out.close(patience);
    } else {
      out.close(patience);
      out.takeFailure().ifPresent(telling::failed);
      report.summary(telling.tally().summary());
    }
    return out.failure()
        .map(Failure::status)
        .orElse(ExitStatus.OK)
        .and(telling.tally().summary().status());
  }
}
