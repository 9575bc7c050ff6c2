package dev.echo.ping;

import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A ping that is under way. Event loop only. */
final class Ping {
  /** What has been counted. */
  enum State {
    OPEN,
    MISSING,
    SETTLED
  }

  private final long sequence;
  private final PingClient client;
  private final long index;
  private @Nullable Future<?> deadline;
  private State state = State.OPEN;

  /**
   * Makes a ping.
   *
   * @param index of the message on its connection, from 0
   */
  Ping(long sequence, PingClient client, long index) {
    this.sequence = sequence;
    this.client = client;
    this.index = index;
  }

  long sequence() {
    return sequence;
  }

  PingClient client() {
    return client;
  }

  long index() {
    return index;
  }

  State state() {
    return state;
  }

  void deadline(Future<?> timer) {
    deadline = timer;
  }

  void become(State next) {
    state = next;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
