package dev.echo.client.app;

import dev.echo.client.DatagramClient;
import dev.echo.client.app.message.Supply;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.text.ExitStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends over UDP: each message is a datagram, and none is sent again once the server has proved to
 * be there. Each socket has a courier, so none waits for another.
 */
final class DatagramSendRun {
  private static final long PATIENCE_MILLIS = 300;

  private final SendConfig config;
  private final UdpEndpoint endpoint;
  private final Environment environment;
  private final Report report;
  private final Telling telling;

  DatagramSendRun(
      SendConfig config, UdpEndpoint endpoint, Environment environment, Report... reports) {
    this.config = config;
    this.endpoint = endpoint;
    this.environment = environment;
    this.report = new Reports(List.of(reports));
    telling = new Telling(config, environment.out(), report);
  }

  /** Runs to the end and says how it went. */
  ExitStatus run() throws InterruptedException {
    int maxBytes = DatagramClient.maxPayloadBytes(config.client().mode());
    try {
      config.plan().check();
      new DatagramMessages(maxBytes).check(config);
    } catch (IOException e) {
      telling.unusable(Failure.usage(String.valueOf(e.getMessage())));
      return end();
    }
    Transport transport = Transport.best();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    Bootstrap bootstrap = new Bootstrap().group(group).channelFactory(transport.channels(endpoint));
    ExecutorService workers =
        Executors.newFixedThreadPool(1, new DefaultThreadFactory("echo-feeder", true));
    environment.interruption().onQuestion(() -> environment.err().line(telling.tally().soFar()));
    try {
      send(bootstrap, workers, maxBytes);
      return end();
    } finally {
      workers.shutdownNow();
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
    }
  }

  private void send(Bootstrap bootstrap, ExecutorService workers, int maxBytes)
      throws InterruptedException {
    Supply supply = new Supply(config.plan());
    DatagramCourier.Errand errand =
        new DatagramCourier.Errand(
            () -> DatagramClient.open(bootstrap, endpoint, config.client()).toCompletableFuture(),
            new Patience(config, report),
            supply,
            maxBytes,
            telling,
            workers);
    List<DatagramCourier> couriers = new ArrayList<>();
    for (int number = 1; number <= config.connections(); number++) {
      couriers.add(new DatagramCourier(number, errand));
    }
    couriers.forEach(DatagramCourier::start);
    Runnable beforeTheEnd = telling.endsWithItsOutput(supply);
    await(couriers);
    beforeTheEnd.run();
  }

  private void await(List<DatagramCourier> couriers) throws InterruptedException {
    CompletableFuture<Void> over =
        CompletableFuture.allOf(
            couriers.stream().map(DatagramCourier::over).toArray(CompletableFuture<?>[]::new));
    CompletableFuture<ExitStatus> interrupted = environment.interruption().requested();
    Stages.failure(CompletableFuture.anyOf(over, interrupted, telling.isUnusable()));
    if (interrupted.isDone() && !over.isDone()) {
      telling.tally().interrupted(interrupted.join());
    }
    couriers.forEach(DatagramCourier::stop);
    try {
      over.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // One that reads a file that does not answer, perhaps; it is a daemon's.
      return;
    }
  }

  private ExitStatus end() throws InterruptedException {
    ReplyOutput out = environment.out();
    telling.tellUnreachable();
    telling.checkProof();
    out.settle();
    out.takeFailure().ifPresent(telling::failed);
    report.summary(telling.tally().summary());
    out.close(config.client().timeout());
    return out.failure()
        .map(Failure::status)
        .orElse(ExitStatus.OK)
        .and(telling.tally().summary().status());
  }
}
