package dev.echo.load;

import dev.echo.client.Peer;
import dev.echo.payload.PayloadSource;
import dev.echo.payload.Script;
import dev.echo.payload.WrongEcho;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages to itself, without a socket, until the code that makes, times and verifies them is
 * compiled: at ten messages a second no warm-up would be long enough for that.
 */
final class Rehearsal implements Flow.Owner {
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int MESSAGES = 30_000;
  private static final long PERIOD_NANOS = 1000;
  private static final int ENOUGH_BYTES = 1;

  private static final PayloadSource USUAL_SIZE = new PayloadSource.Generated(64, 64);

  private final Recording recording = new Recording();

  /**
   * Plays for a quarter of a second at most, with payloads of the usual size.
   *
   * @return how many messages came back whole
   * @throws IllegalStateException if one came back wrong
   */
  static long play(LoadPlan plan, ByteBufAllocator allocator) {
    Rehearsal rehearsal = new Rehearsal();
    Script script = new Script(plan.mode(), plan.stamps(), USUAL_SIZE, plan.seed());
    Flow flow = new Flow(1, script, 1, rehearsal);
    flow.begin(
        plan.pace() instanceof Pace.Max
            ? new Timing.Closed(0, Long.MAX_VALUE)
            : new Timing.Open(new Schedule(0, PERIOD_NANOS, 1, 0, MESSAGES)));
    flow.connected(Peer.PLAIN);
    long begin = System.nanoTime();
    for (int i = 0; i < MESSAGES && System.nanoTime() - begin < MOST_NANOS; i++) {
      rehearsal.exchange(flow, i * PERIOD_NANOS, allocator);
    }
    return rehearsal.recording.echoed();
  }

  private void exchange(Flow flow, long nanos, ByteBufAllocator allocator) {
    flow.due();
    recording.due(0);
    ByteBuf buffer = allocator.directBuffer(flow.nextBytes());
    try {
      long first = flow.next();
      flow.write(buffer, flow.sendable(), ENOUGH_BYTES);
      flow.left(first, nanos);
      flow.received(buffer, nanos + 1);
    } finally {
      buffer.release();
    }
  }

  @Override
  public Recording recording() {
    return recording;
  }

  @Override
  public long allowance() {
    return Long.MAX_VALUE;
  }

  @Override
  public void left(long count, long sentNanos) {}

  @Override
  public void wrong(Flow flow, WrongEcho found) {
    throw new IllegalStateException(found.sentence());
  }
}
