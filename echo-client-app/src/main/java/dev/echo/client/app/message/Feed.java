package dev.echo.client.app.message;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a plan for one connection. Reading a file takes its time, but nothing here waits
 * for what may never come: {@link #look()} says whether there is anything to take. For one thread
 * at a time.
 */
public final class Feed implements Closeable {
  /** What there is to take. */
  public enum Next {
    /** A message. */
    MESSAGE,
    /** Nothing yet; the wake-up call comes when that changes. */
    LATER,
    /** Nothing, and that is all. */
    END
  }

  private final List<MessageSource> sources;
  private final long rounds;
  private final Map<MessageSource, TapeReader> tapes;
  private long round;
  private int source;
  private @Nullable Messages messages;
  private @Nullable Message ahead;

  Feed(MessagePlan plan, Map<MessageSource, TapeReader> tapes) {
    sources = plan.sources();
    rounds = plan.rounds();
    this.tapes = tapes;
  }

  /**
   * Looks for the next message; the one before must have been read to its end.
   *
   * @return what there is
   * @throws IOException if a source cannot be read; the message names it
   */
  public Next look() throws IOException {
    while (ahead == null) {
      if (messages == null) {
        if (round == rounds || sources.isEmpty()) {
          return Next.END;
        }
        messages = open(sources.get(source));
      }
      if (messages instanceof TapeReader tape && !tape.isReady()) {
        return Next.LATER;
      }
      ahead = messages.next();
      if (ahead == null) {
        messages.close();
        messages = null;
        source = (source + 1) % sources.size();
        round += source == 0 ? 1 : 0;
      }
    }
    return Next.MESSAGE;
  }

  /**
   * Takes the message that was found.
   *
   * @return it, to be opened once
   * @throws IllegalStateException if none was found
   */
  public Message take() {
    Message next = ahead;
    if (next == null) {
      throw new IllegalStateException("no message was found");
    }
    ahead = null;
    return next;
  }

  /**
   * Says whether the next piece of the message that was taken, or its end, is at hand.
   *
   * @return false if the wake-up call is to come first
   */
  public boolean isPieceReady() {
    return !(messages instanceof TapeReader tape) || tape.isPieceReady();
  }

  /**
   * Says whether the message that was taken had to wait until another connection took what was read
   * before, so that its time is not its own.
   *
   * @return false if nobody else held it up
   */
  public boolean wasHeldUp() {
    return messages instanceof TapeReader tape && tape.wasHeldUp();
  }

  /** Takes no more; what is shared is not kept for this connection any longer. */
  @Override
  public void close() throws IOException {
    tapes.values().forEach(TapeReader::close);
    if (messages != null) {
      messages.close();
      messages = null;
    }
    round = rounds;
    ahead = null;
  }

  private Messages open(MessageSource next) throws IOException {
    TapeReader tape = tapes.get(next);
    return tape == null ? next.open(round) : tape;
  }
}
