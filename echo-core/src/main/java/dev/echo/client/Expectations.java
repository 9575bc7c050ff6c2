package dev.echo.client;

import dev.echo.client.MismatchException.Kind;
import dev.echo.text.PeerGreeting;
import dev.echo.verify.Finding;
import dev.echo.verify.Resumption;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one connection has sent and that has not come back, in order, and how far it has
 * come. Event loop only.
 */
final class Expectations {
  /** An answer that agrees in this many bytes is a damaged echo, not something else. */
  private static final int RESEMBLANCE_BYTES = 3;

  private final LongSupplier clock;
  private final ArrayDeque<Expected> queue = new ArrayDeque<>();
  private final List<Message> unflushed = new ArrayList<>();
  private boolean isUnflushed;
  private long movedNanos;
  private long begun;
  private long echoed;
  private long bytesEchoed;

  Expectations(LongSupplier clock) {
    this.clock = clock;
  }

  Counts counts() {
    return new Counts(begun, echoed);
  }

  EchoSummary summary() {
    return new EchoSummary(begun, echoed, bytesEchoed);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  @Nullable Expected next() {
    return queue.peek();
  }

  @Nullable Expected newest() {
    return queue.peekLast();
  }

  /** Numbers a message when the first of it is sent. */
  void begin(Message message) {
    if (!message.hasBegun()) {
      message.begin(begun++);
      message.sentAt(clock.getAsLong());
      unflushed.add(message);
    }
  }

  void add(Expected expected) {
    if (queue.isEmpty()) {
      moved();
    }
    isUnflushed = true;
    queue.add(expected);
    expected.message().expecting(expected.length());
  }

  /**
   * Starts the clock of the messages whose beginning goes out with this flush.
   *
   * @return whether there is anything to flush
   */
  boolean flushing() {
    if (!unflushed.isEmpty()) {
      long now = clock.getAsLong();
      unflushed.forEach(message -> message.sentAt(now));
      unflushed.clear();
    }
    boolean was = isUnflushed;
    isUnflushed = false;
    return was;
  }

  /** Bytes came in, or the first ones are about to go out. */
  void moved() {
    movedNanos = clock.getAsLong();
  }

  /** When the connection last moved, on the event loop's clock. */
  long movedNanos() {
    return movedNanos;
  }

  /** Compares payload with what must come next, across as many expectations as it spans. */
  void verify(ByteBuf actual) throws EchoException {
    long before = bytesEchoed;
    for (ByteBuffer view : actual.nioBuffers()) {
      while (view.hasRemaining()) {
        Expected next = queue.peek();
        if (next == null) {
          throw begun == 0 ? notEcho(actual) : surplus(window(view), view.remaining());
        }
        int matched = next.match(view);
        bytesEchoed += matched;
        next.message().echoed(matched);
        boolean isStream = next.head() == null;
        if (view.hasRemaining() && !(isStream && next.isWhole())) {
          throw isStream && before == 0 ? firstDiffers(next, view, actual) : differs(next, view);
        }
        settle();
      }
    }
  }

  /** Takes away what is whole and needs no end of its own. */
  void settle() {
    Expected next = queue.peek();
    while (next != null && next.head() == null && next.isWhole()) {
      complete();
      next = queue.peek();
    }
  }

  /** Takes away the next expectation, which has come back whole. */
  void complete() {
    Expected done = queue.remove();
    done.release();
    if (done.isLast()) {
      echoed++;
      done.message().complete(clock.getAsLong());
    }
  }

  void fail(Throwable why) {
    unflushed.clear();
    for (Expected each = queue.poll(); each != null; each = queue.poll()) {
      each.release();
      each.message().fail(why);
    }
  }

  MismatchException surplus(byte[] actual, long bytes) {
    return new MismatchException(Kind.SURPLUS, Difference.surplus(actual, bytes), counts());
  }

  /** A message that had come back came again. */
  MismatchException again(long number, byte[] actual) {
    return new MismatchException(Kind.SURPLUS, Difference.again(number, actual), counts());
  }

  /** Judges what differs from the first bytes that were sent: damaged, or something else. */
  static boolean isEcho(long agreed, byte[] expected, byte[] actual) {
    return resembles(agreed, expected, 1, actual, 1)
        || resembles(agreed, expected, 1, actual, 0)
        || resembles(agreed, expected, 0, actual, 1);
  }

  private static boolean resembles(
      long agreed, byte[] expected, int skipExpected, byte[] actual, int skipActual) {
    int comparable =
        Math.max(0, Math.min(expected.length - skipExpected, actual.length - skipActual));
    int run = 0;
    while (run < comparable && expected[skipExpected + run] == actual[skipActual + run]) {
      run++;
    }
    return run == comparable || agreed + run >= RESEMBLANCE_BYTES;
  }

  private EchoException firstDiffers(Expected next, ByteBuffer view, ByteBuf actual) {
    boolean isEcho = isEcho(bytesEchoed, next.window(), window(view));
    return isEcho && !isKnown(first(actual), next.window()) ? differs(next, view) : notEcho(actual);
  }

  /** Whether it is known who answers so, and nothing of the kind was sent. */
  private static boolean isKnown(byte[] actual, byte[] expected) {
    Optional<PeerGreeting> greeting = PeerGreeting.of(actual);
    return greeting.isPresent() && !greeting.equals(PeerGreeting.of(expected));
  }

  private MismatchException differs(Expected next, ByteBuffer view) {
    long offset = next.message().echoedBytes();
    Finding found = Resumption.find(next.rest(), Unpooled.wrappedBuffer(view.slice()), offset);
    return new MismatchException(
        Kind.PAYLOAD, Difference.at(offset, next.window(), window(view), found), counts());
  }

  private NotEchoException notEcho(ByteBuf actual) {
    return new NotEchoException(first(actual), counts());
  }

  private static byte[] first(ByteBuf actual) {
    byte[] first = new byte[Math.min(actual.readableBytes(), NotEchoException.FIRST_BYTES)];
    actual.getBytes(actual.readerIndex(), first);
    return first;
  }

  private static byte[] window(ByteBuffer view) {
    byte[] window = new byte[Math.min(view.remaining(), MismatchException.WINDOW_BYTES)];
    view.get(view.position(), window);
    return window;
  }
}
