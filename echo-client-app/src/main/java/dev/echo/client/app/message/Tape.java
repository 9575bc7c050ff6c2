package dev.echo.client.app.message;

import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source that can be read only once, for several readers that each go at their own pace. A thread
 * of its own reads it, since that may wait for somebody who types. What not all readers have taken
 * yet is kept, up to 64 MiB or a quarter of the heap; beyond that those in front wait for the last
 * one, and are told so.
 */
final class Tape {
  private static final long MAX_KEPT_BYTES =
      Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 4);

  /** What an entry takes besides its bytes, roughly: a line may be short. */
  private static final long ENTRY_BYTES = 160;

  private final MessageSource source;
  private final List<TapeReader> readers = new ArrayList<>();
  private Entry last = new Entry(null, null);
  private @Nullable Thread thread;
  private @Nullable IOException failure;
  private long keptBytes;
  private boolean ended;

  Tape(MessageSource source) {
    this.source = source;
  }

  /**
   * Adds a reader, which gets everything that is read from now on.
   *
   * @param wake is called, by any thread, when there is more to take
   */
  synchronized TapeReader reader(Runnable wake) {
    TapeReader reader = new TapeReader(this, last, wake);
    readers.add(reader);
    return reader;
  }

  /**
   * Takes what was read so far for all there is.
   *
   * @return false if it had ended by itself
   */
  boolean end() {
    List<TapeReader> waiting;
    boolean cut;
    synchronized (this) {
      cut = !ended;
      ended = true;
      notifyAll();
      waiting = List.copyOf(readers);
    }
    waiting.forEach(TapeReader::wake);
    return cut;
  }

  /** What comes behind an entry. */
  enum Ahead {
    /** Another entry. */
    ENTRY,
    /** Something, perhaps, but it was not read yet. */
    UNREAD,
    /** The same, and it cannot be read since another reader has not taken what was read before. */
    HELD_UP,
    /** Nothing. */
    END
  }

  /** Looks behind the entry that was taken last. */
  synchronized Ahead ahead(Entry taken) {
    if (taken.next != null) {
      return Ahead.ENTRY;
    }
    if (ended) {
      return Ahead.END;
    }
    if (thread == null) {
      thread = new Thread(this::read, "echo-input");
      thread.setDaemon(true);
      thread.start();
    }
    return keptBytes > MAX_KEPT_BYTES ? Ahead.HELD_UP : Ahead.UNREAD;
  }

  /**
   * Takes the entry behind the one that was taken last.
   *
   * @return it, its bytes for the caller to release; null at the end
   * @throws IOException if the source could be read no further
   */
  synchronized @Nullable Entry take(Entry taken) throws IOException {
    Entry next = taken.next;
    if (next == null) {
      if (failure != null) {
        throw failure;
      }
      return null;
    }
    if (next.piece != null) {
      next.piece.retain();
    }
    took(next);
    return next;
  }

  synchronized void remove(TapeReader reader, Entry taken) {
    if (readers.remove(reader)) {
      for (Entry rest = taken.next; rest != null; rest = rest.next) {
        took(rest);
      }
      notifyAll();
    }
  }

  private void took(Entry entry) {
    if (--entry.readers == 0) {
      if (entry.piece != null) {
        entry.piece.release();
      }
      keptBytes -= entry.cost;
      notifyAll();
    }
  }

  private void read() {
    try (Messages messages = source.open(0)) {
      for (Message next = messages.next(); next != null; next = messages.next()) {
        read(next);
      }
    } catch (IOException e) {
      synchronized (this) {
        failure = ended ? null : e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      synchronized (this) {
        failure = new IOException("cannot read the input: not enough memory", e);
      }
    } finally {
      end();
    }
  }

  private void read(Message message) throws IOException, InterruptedException {
    FrameType begins = message.type();
    try (Pieces pieces = message.open()) {
      for (ByteBuf piece = pieces.next(); piece != null; piece = pieces.next()) {
        append(new Entry(begins, piece));
        begins = null;
      }
    }
    if (begins != null) {
      append(new Entry(begins, null));
    }
    endMessage();
  }

  private void endMessage() {
    List<TapeReader> waiting;
    synchronized (this) {
      last.ends = true;
      waiting = List.copyOf(readers);
    }
    waiting.forEach(TapeReader::wake);
  }

  /** Says whether a message ends with the entry that was taken last. */
  synchronized boolean isEnd(Entry taken) {
    return taken.ends;
  }

  private void append(Entry entry) throws InterruptedException {
    List<TapeReader> waiting;
    synchronized (this) {
      while (keptBytes > MAX_KEPT_BYTES && !ended) {
        wait();
      }
      if (ended || readers.isEmpty()) {
        if (entry.piece != null) {
          entry.piece.release();
        }
        throw new InterruptedException("nobody reads on");
      }
      entry.readers = readers.size();
      keptBytes += entry.cost;
      last.next = entry;
      last = entry;
      waiting = List.copyOf(readers);
    }
    waiting.forEach(TapeReader::wake);
  }

  /** A piece of a message. */
  static final class Entry {
    private final @Nullable FrameType type;
    private final @Nullable ByteBuf piece;
    private final long cost;
    private @Nullable Entry next;
    private boolean ends;
    private int readers;

    Entry(@Nullable FrameType type, @Nullable ByteBuf piece) {
      this.type = type;
      this.piece = piece;
      cost = ENTRY_BYTES + (piece == null ? 0 : piece.readableBytes());
    }

    /** What the message carries that begins here, else null. */
    @Nullable FrameType type() {
      return type;
    }

    /** Its bytes; null if the message has none. */
    @Nullable ByteBuf piece() {
      return piece;
    }
  }
}
