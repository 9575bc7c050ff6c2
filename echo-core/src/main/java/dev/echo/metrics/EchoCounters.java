package dev.echo.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what it observes. Thread-safe; one may serve any number of servers. */
public final class EchoCounters implements EchoObserver {
  private final LongAdder accepted = new LongAdder();
  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
  private final LongAdder ended = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder bytesEchoed = new LongAdder();
  private final LongAdder datagramsReceived = new LongAdder();
  private final LongAdder datagramsEchoed = new LongAdder();

  /** Starts at zero. */
  public EchoCounters() {
    for (Refusal each : Refusal.values()) {
      refused.put(each, new LongAdder());
    }
  }

  /**
   * Reads all counters. While connections are active the values may stem from slightly different
   * moments.
   *
   * @return the counts so far
   */
  public EchoSnapshot snapshot() {
    long closedSoFar = closed.sum();
    Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    refused.forEach((why, count) -> refusals.put(why, count.sum()));
    return new EchoSnapshot(
        accepted.sum(),
        Math.max(0, accepted.sum() - closedSoFar),
        refusals,
        ended.sum(),
        failed.sum(),
        bytesReceived.sum(),
        bytesEchoed.sum(),
        datagramsReceived.sum(),
        datagramsEchoed.sum());
  }

  @Override
  public void accepted(Channel connection) {
    accepted.increment();
  }

  @Override
  public void refused(@Nullable SocketAddress remote, Refusal why) {
    Objects.requireNonNull(refused.get(why)).increment();
  }

  @Override
  public void received(Channel connection, ByteBuf content) {
    bytesReceived.add(content.readableBytes());
  }

  @Override
  public void datagramReceived(Channel listener, InetSocketAddress source, ByteBuf content) {
    datagramsReceived.increment();
    bytesReceived.add(content.readableBytes());
  }

  @Override
  public void datagramEchoed(Channel listener, InetSocketAddress target, long bytes) {
    datagramsEchoed.increment();
    bytesEchoed.add(bytes);
  }

  @Override
  public void echoed(Channel connection, long bytes) {
    bytesEchoed.add(bytes);
  }

  @Override
  public void ended(Channel connection, String why) {
    ended.increment();
  }

  @Override
  public void failed(Channel connection, Throwable cause) {
    failed.increment();
  }

  @Override
  public void closed(Channel connection) {
    closed.increment();
  }
}
