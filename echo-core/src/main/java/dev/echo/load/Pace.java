package dev.echo.load;

/** How fast messages are sent. */
public sealed interface Pace {
  /** A message as soon as there is room: closed loop. There is no response time then. */
  Pace MAX = new Max();

  /**
   * Messages at fixed times, whatever is outstanding: open loop.
   *
   * @param messages per second, over all connections; more than 0, also less than 1
   * @return the pace
   */
  static Pace perSecond(double messages) {
    return new PerSecond(messages);
  }

  /**
   * Open loop.
   *
   * @param messages per second over all connections; more than 0
   */
  record PerSecond(double messages) implements Pace {
    /** Checks the range. */
    public PerSecond {
      if (!(messages > 0) || messages > 1e9) {
        throw new IllegalArgumentException("rate: " + messages + " (expected: > 0, at most 1e9)");
      }
    }
  }

  /** Closed loop. */
  record Max() implements Pace {}
}
