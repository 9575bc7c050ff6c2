package dev.echo.client.app.message;

import java.util.HashMap;
import java.util.Map;

/**
 * What all connections of a run send. A source that can be read again is read by each of them for
 * itself; one that cannot is read once and shared. Make all feeds before the first of them is read.
 */
public final class Supply {
  private final MessagePlan plan;
  private final Map<MessageSource, Tape> tapes = new HashMap<>();

  /**
   * Opens nothing yet.
   *
   * @param plan what each connection sends
   */
  public Supply(MessagePlan plan) {
    this.plan = plan;
    for (MessageSource source : plan.sources()) {
      if (!source.isRepeatable()) {
        tapes.put(source, new Tape(source));
      }
    }
  }

  /**
   * Adds a connection.
   *
   * @param wake is called, by any thread, when there is more to take
   * @return its messages
   */
  public Feed feed(Runnable wake) {
    Map<MessageSource, TapeReader> readers = new HashMap<>();
    tapes.forEach((source, tape) -> readers.put(source, tape.reader(wake)));
    return new Feed(plan, readers);
  }

  /**
   * Takes what was read so far, of sources that can be read only once, for all they have.
   *
   * @return whether one of them may have had more
   */
  public boolean end() {
    boolean cut = false;
    for (Tape tape : tapes.values()) {
      cut |= tape.end();
    }
    return cut;
  }
}
