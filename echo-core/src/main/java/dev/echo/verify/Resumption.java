package dev.echo.verify;

import io.netty.buffer.ByteBuf;
import java.util.function.IntPredicate;

/**
 * Says what happened at the first byte that differs, by where what was sent goes on in what came:
 * in its place, later, or earlier. For a path on which nobody knows yet what else will come.
 */
public final class Resumption {
  /** So many bytes in a row show where it goes on. */
  private static final int SHOWN_BYTES = 16;

  /** It is looked for no further than this. */
  private static final int MAX_BYTES = 4096;

  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private final ByteBuf sent;
  private final ByteBuf came;
  private final long offset;

  private Resumption(ByteBuf sent, ByteBuf came, long offset) {
    this.sent = sent;
    this.came = came;
    this.offset = offset;
  }

  /**
   * Judges a difference.
   *
   * @param sent from the first byte that differs on, as far as it is at hand; not changed
   * @param came the same, as far as it has come; not changed
   * @param offset of that byte in the message
   * @return {@link Verdict#UNKNOWN} if what is at hand does not show it
   */
  public static Finding find(ByteBuf sent, ByteBuf came, long offset) {
    return new Resumption(sent, came, offset).find();
  }

  private Finding find() {
    int most = Math.min(MAX_BYTES, Math.max(sent.readableBytes(), came.readableBytes()));
    for (int by = 1; by < most; by++) {
      if (goesOn(by, by)) {
        return Finding.corrupt(offset, Comparison.of(sent, came).differingBits());
      }
      if (goesOn(0, by)) {
        boolean isLineEnd = by == 1 && came(0) == CR && sent(0) == LF;
        return shifted(by, isLineEnd ? "LF became CRLF" : "");
      }
      if (goesOn(by, 0)) {
        boolean isLineEnd = by == 1 && sent(0) == CR && came(0) == LF;
        return shifted(-by, isLineEnd ? "CRLF became LF" : "");
      }
    }
    boolean isWhole = sent.readableBytes() == came.readableBytes();
    return isWhole
        ? Finding.corrupt(offset, Comparison.of(sent, came).differingBits())
        : Finding.unknown(offset);
  }

  private Finding shifted(long by, String what) {
    Finding found = Finding.shifted(offset, by);
    return what.isEmpty()
        ? found
        : new Finding(
            found.verdict(), found.offset(), found.amount(), found.words() + " (" + what + ")");
  }

  /** Whether what was sent from one place on came from another one on, as far as is known. */
  private boolean goesOn(int from, int to) {
    int comparable = Math.min(sent.readableBytes() - from, came.readableBytes() - to);
    int shown = Math.min(SHOWN_BYTES, comparable);
    IntPredicate agrees = i -> sent(from + i) == came(to + i);
    int agreed = 0;
    while (agreed < shown && agrees.test(agreed)) {
      agreed++;
    }
    return agreed == shown && agreed >= Comparison.CERTAIN_BYTES;
  }

  private byte sent(int place) {
    return sent.getByte(sent.readerIndex() + place);
  }

  private byte came(int place) {
    return came.getByte(came.readerIndex() + place);
  }
}
