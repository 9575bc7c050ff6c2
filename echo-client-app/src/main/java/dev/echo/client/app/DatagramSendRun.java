package dev.echo.client.app;

import dev.echo.client.ClientConfig;
import dev.echo.client.DatagramClient;
import dev.echo.client.DatagramCounts;
import dev.echo.client.app.message.Message;
import dev.echo.client.app.message.MessageSource;
import dev.echo.client.app.message.Messages;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.text.ExitStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends over UDP: each message is a datagram, and none is sent again. A thread of its own reads the
 * messages, because it may be reading what somebody types.
 */
final class DatagramSendRun {
  private static final long PATIENCE_MILLIS = 300;

  private final SendConfig config;
  private final UdpEndpoint endpoint;
  private final Environment environment;
  private final Report report;
  private final Telling telling;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final List<DatagramFlight> flights = new ArrayList<>();
  private volatile boolean stopped;

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
    DatagramMessages messages =
        new DatagramMessages(DatagramClient.maxPayloadBytes(config.client().mode()));
    try {
      if (!config.waitTime().isZero()) {
        throw new IOException("--wait: nothing is connected over udp:// (expected: not given)");
      }
      config.plan().check();
      messages.check(config);
    } catch (IOException e) {
      fail(Failure.usage(String.valueOf(e.getMessage())));
      return end();
    }
    Transport transport = Transport.best();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    Bootstrap bootstrap = new Bootstrap().group(group).channelFactory(transport.channels(endpoint));
    Thread worker = new Thread(() -> work(bootstrap, messages), "echo-feeder");
    worker.setDaemon(true);
    try {
      worker.start();
      CompletableFuture<ExitStatus> interrupted = environment.interruption().requested();
      Stages.failure(CompletableFuture.anyOf(done, interrupted, environment.out().broken()));
      stopped = true;
      if (interrupted.isDone() && !done.isDone()) {
        telling.tally().interrupted(interrupted.join());
        worker.interrupt();
      }
      worker.join(PATIENCE_MILLIS);
      return end();
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // the one place that answers for the worker
  private void work(Bootstrap bootstrap, DatagramMessages messages) {
    try {
      open(bootstrap);
      feed(messages);
      for (DatagramFlight each : flights) {
        each.settle();
      }
    } catch (IOException e) {
      fail(Failure.usage(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | OutOfMemoryError e) {
      fail(Failure.of(0, endpoint, e));
    } finally {
      count();
      done.complete(null);
    }
  }

  private void open(Bootstrap bootstrap) throws InterruptedException {
    ClientConfig client = config.client();
    for (int number = 1; number <= config.connections(); number++) {
      CompletableFuture<DatagramClient> opening =
          DatagramClient.open(bootstrap, endpoint, client).toCompletableFuture();
      Throwable why = Stages.failure(opening);
      if (why == null) {
        telling.tally().connected();
        flights.add(new DatagramFlight(number, opening.join(), telling));
      } else {
        telling.unreachable(why);
      }
    }
    telling.tellUnreachable();
  }

  private void feed(DatagramMessages whole) throws IOException, InterruptedException {
    long number = 0;
    for (long round = 0; round < config.plan().rounds() && !isOver(); round++) {
      for (MessageSource source : config.plan().sources()) {
        try (Messages messages = source.open(round)) {
          for (Message next = isOver() ? null : messages.next();
              next != null;
              next = isOver() ? null : messages.next()) {
            send(++number, next, whole);
          }
        }
      }
    }
  }

  private boolean isOver() {
    return stopped || flights.stream().noneMatch(DatagramFlight::isOpen);
  }

  private void send(long number, Message message, DatagramMessages whole)
      throws IOException, InterruptedException {
    byte[] bytes = whole.whole(message);
    List<DatagramFlight> open = flights.stream().filter(DatagramFlight::isOpen).toList();
    for (DatagramFlight each : open) {
      telling.tally().sending(number);
      each.send(number, message.type(), bytes);
    }
    for (DatagramFlight each : open) {
      each.awaitPause();
    }
    environment.out().awaitRoom();
  }

  /** Per socket, since one of several paths may be silent. */
  private void count() {
    for (DatagramFlight each : flights) {
      DatagramCounts counts = each.close();
      telling.tally().datagrams(counts);
      if (counts.wrong() > 0) {
        each.firstWrong().ifPresent(why -> fail(Failure.of(each.number(), endpoint, why)));
      }
      boolean isSilent = counts.sent() > 0 && !counts.cameAny();
      if (isSilent && !stopped && !each.isUnreachable()) {
        fail(new Failure(ExitStatus.INCOMPLETE, each.number(), "nothing came back", List.of()));
      }
    }
  }

  private void fail(Failure failure) {
    telling.failed(failure);
  }

  private ExitStatus end() throws InterruptedException {
    ReplyOutput out = environment.out();
    telling.checkProof();
    out.settle();
    out.failure().ifPresent(this::fail);
    report.summary(telling.tally().summary());
    out.close(config.client().timeout());
    return out.failure()
        .map(Failure::status)
        .orElse(ExitStatus.OK)
        .and(telling.tally().summary().status());
  }
}
