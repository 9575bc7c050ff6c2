package dev.echo.client.app;

import dev.echo.text.NoReaderException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, written by a thread of its own, so that a slow reader holds up neither an event
 * loop nor the clock of a timeout. Whoever feeds the connections waits for {@link #awaitRoom()};
 * then no more than that and the window of a connection is ever queued.
 */
final class ReplyOutput {
  private static final int MAX_QUEUED_BYTES = 1 << 20;

  private final OutputStream out;
  private final Destination destination;
  private final Screen screen;
  private final Queue<byte[]> queue = new ArrayDeque<>();
  private final CompletableFuture<IOException> broken = new CompletableFuture<>();
  private final CompletableFuture<IOException> lost = new CompletableFuture<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
  private @Nullable Thread writer;
  private int queuedBytes;
  private boolean closed;
  private volatile boolean readerMayLeave;

  ReplyOutput(OutputStream out, Destination destination, Screen screen) {
    this.out = out;
    this.destination = destination;
    this.screen = screen;
  }

  Destination destination() {
    return destination;
  }

  /** Completes, with the reason, when no more can be written. */
  CompletableFuture<IOException> broken() {
    return broken;
  }

  /** What its reader does not wait for, as after {@code | head -1}, is not missed. */
  void letReaderLeave() {
    readerMayLeave = true;
  }

  /** Says why something is lost that is missed. */
  Optional<Failure> failure() {
    return Optional.ofNullable(lost.getNow(null))
        .map(reason -> Failure.usage("cannot write standard output: " + reason.getMessage()));
  }

  /** The same for whoever tells it, once. */
  Optional<Failure> takeFailure() {
    return failure().filter(failure -> !told.getAndSet(true));
  }

  /** Queues a line. Never blocks. */
  void line(String text) {
    text(text + System.lineSeparator());
  }

  /** Queues text. Never blocks. */
  void text(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Queues bytes, which must not be changed any more. Never blocks. */
  synchronized void write(byte[] bytes) {
    if (closed || broken.isDone() || bytes.length == 0) {
      return;
    }
    queue.add(bytes);
    queuedBytes += bytes.length;
    notifyAll();
    if (writer == null) {
      writer = new Thread(this::drain, "echo-output");
      writer.setDaemon(true);
      writer.start();
    }
  }

  /** Says whether little enough is queued. */
  synchronized boolean hasRoom() {
    return queuedBytes <= MAX_QUEUED_BYTES;
  }

  /** Completes when little enough is queued, or nobody reads. */
  synchronized CompletableFuture<Void> room() {
    if (room.isDone() && queuedBytes > MAX_QUEUED_BYTES && !broken.isDone()) {
      room = new CompletableFuture<>();
    }
    return room;
  }

  /** Waits until little enough is queued, or nobody reads. */
  synchronized void awaitRoom() throws InterruptedException {
    while (queuedBytes > MAX_QUEUED_BYTES && !broken.isDone()) {
      wait();
    }
  }

  /** Waits, on a terminal, until all is shown: what standard error says next belongs below it. */
  synchronized void settle() throws InterruptedException {
    while (destination.isTerminal() && queuedBytes > 0 && !broken.isDone()) {
      wait();
    }
  }

  /** Takes no more, and waits until all that is queued is written, or nobody reads. */
  synchronized void close(Duration patience) throws InterruptedException {
    closed = true;
    notifyAll();
    long deadline = System.nanoTime() + patience.toNanos();
    while (queuedBytes > 0 && !broken.isDone()) {
      long restMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (restMillis <= 0) {
        return;
      }
      wait(restMillis);
    }
  }

  private void drain() {
    try {
      for (byte[] next = take(0); next != null; next = take(next.length)) {
        if (destination.isTerminal()) {
          screen.erase();
        }
        out.write(next);
        out.flush();
      }
    } catch (IOException e) {
      // First, since whoever waits for the queue asks next what became of it.
      fail(e);
      synchronized (this) {
        queue.clear();
        queuedBytes = 0;
        notifyAll();
      }
      room().complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(IOException reason) {
    if (!(reason instanceof NoReaderException && readerMayLeave)) {
      lost.complete(reason);
    }
    broken.complete(reason);
  }

  private synchronized byte @Nullable [] take(int writtenBytes) throws InterruptedException {
    queuedBytes -= writtenBytes;
    notifyAll();
    if (queuedBytes <= MAX_QUEUED_BYTES) {
      room.complete(null);
    }
    while (queue.isEmpty() && !closed) {
      wait();
    }
    return queue.poll();
  }
}
