package dev.echo.client.app.message;

import dev.echo.client.app.message.Tape.Ahead;
import dev.echo.client.app.message.Tape.Entry;
import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The messages of a tape, for one connection. Never waits: ask {@link #isReady()} before. */
final class TapeReader implements Messages {
  private final Tape tape;
  private final Runnable wake;
  private Entry taken;
  private boolean heldUp;
  private boolean isFirst;

  TapeReader(Tape tape, Entry taken, Runnable wake) {
    this.tape = tape;
    this.taken = taken;
    this.wake = wake;
  }

  /** Says whether the next message, or the end of them, is at hand. */
  boolean isReady() {
    heldUp = false;
    return isEntryReady();
  }

  /** Says whether the next piece, or the end of the message, is at hand. */
  boolean isPieceReady() {
    return isFirst || tape.isEnd(taken) || isEntryReady();
  }

  private boolean isEntryReady() {
    Ahead ahead = tape.ahead(taken);
    heldUp |= ahead == Ahead.HELD_UP;
    return ahead == Ahead.ENTRY || ahead == Ahead.END;
  }

  /** Says whether the message had to wait for another reader. */
  boolean wasHeldUp() {
    return heldUp;
  }

  void wake() {
    wake.run();
  }

  @Override
  public @Nullable Message next() throws IOException {
    Entry next = tape.take(taken);
    if (next == null) {
      return null;
    }
    taken = next;
    isFirst = true;
    return new Taken(next.type() == null ? FrameType.BINARY : next.type());
  }

  @Override
  public void close() {
    dropFirst();
    tape.remove(this, taken);
  }

  /** The first piece comes with its message, whether it is asked for or not. */
  private void dropFirst() {
    if (isFirst && taken.piece() != null) {
      taken.piece().release();
    }
    isFirst = false;
  }

  private final class Taken implements Message, Pieces {
    private final FrameType type;

    Taken(FrameType type) {
      this.type = type;
    }

    @Override
    public FrameType type() {
      return type;
    }

    @Override
    public Pieces open() {
      return this;
    }

    @Override
    public @Nullable ByteBuf next() throws IOException {
      if (!isFirst) {
        Entry next = tape.isEnd(taken) ? null : tape.take(taken);
        if (next == null) {
          return null;
        }
        taken = next;
      }
      isFirst = false;
      // A duplicate: writing moves the indices.
      return taken.piece() == null ? null : taken.piece().duplicate();
    }

    @Override
    public void close() {
      dropFirst();
    }
  }
}
