package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.payload.Landmarks.Landmark;
import dev.echo.verify.Comparison;
import dev.echo.verify.Verdict;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what became of one message in whose place other bytes came, and where to go on behind it.
 * Messages that name themselves are known wherever they turn up; the table from fault to verdict is
 * in {@code docs/measuring.md}.
 *
 * <p>It waits for more bytes as long as they could change the verdict: at most until the next two
 * messages and 64 KiB more are there.
 */
final class Inspector {
  private static final int CERTAIN_BYTES = Comparison.CERTAIN_BYTES;

  private static final int PATIENCE_BYTES = 64 << 10;

  private final Script script;
  private final int connection;
  private final long expected;
  private final MessageId id;
  private final Strangers strangers = new Strangers();

  private int agreed = -1;
  private @Nullable Landmarks landmarks;

  /**
   * Makes an inspector for one message.
   *
   * @param script what was sent
   * @param connection that received it
   * @param expected the first message that has not come back
   */
  Inspector(Script script, int connection, long expected) {
    this.script = script;
    this.connection = connection;
    this.expected = expected;
    this.id = new MessageId(connection, expected);
  }

  /**
   * Explains a window of received bytes.
   *
   * @param window begins where the expected message should begin, holds all that was received since
   *     and one byte at least that differs; may have grown since it was looked at before
   * @param sent the first message that was not sent yet
   * @param peer whether stamps may be filled in
   * @param more whether more bytes may still come
   * @return what is certain
   */
  Inspection inspect(ByteBuf window, long sent, Peer peer, More more) {
    Evidence evidence = new Evidence(script, connection, expected, sent, peer, window, more);
    if (expected >= sent) {
      return strangers.surplus(evidence, PATIENCE_BYTES);
    }
    if (window.readableBytes() >= patienceBytes(evidence)) {
      evidence = new Evidence(script, connection, expected, sent, peer, window, More.NOT_NOW);
    }
    if (agreed < 0) {
      agreed = evidence.agreeing(id, 0);
    }
    if (!script.isNaming()) {
      return Nameless.inspect(evidence, agreed);
    }
    Inspection other = strangers.inspect(evidence);
    return other == null ? inspectOwn(evidence) : other;
  }

  private int patienceBytes(Evidence evidence) {
    int bytes = PATIENCE_BYTES;
    for (long each = expected; each < expected + 3 && each < evidence.sent(); each++) {
      bytes += evidence.length(each);
    }
    return bytes;
  }

  /** No other message is in the place of the expected one. */
  private Inspection inspectOwn(Evidence evidence) {
    int length = evidence.length(expected);
    if (evidence.bytes() >= length && isInPlace(evidence, length)) {
      WrongEcho wrong = new Remains(evidence, expected).judge(length);
      return Inspection.followed(length, expected + 1, wrong);
    }
    if (evidence.bytes() < length && evidence.mayWait() && isNamedInPlace(evidence)) {
      return Inspection.needsMore(length);
    }
    Landmark next = nextOutstanding(evidence, expected);
    if (next == null) {
      return evidence.mayWait() ? Inspection.needsMore(evidence.bytes() + 1) : decide(evidence);
    }
    return next.id().equals(id) ? inspectMoved(evidence, next) : inspectCut(evidence, next);
  }

  private boolean isNamed() {
    return script.isNamed(connection, expected);
  }

  private boolean isNamedInPlace(Evidence evidence) {
    return (isNamed() && agreed >= script.headBytes() + Ids.BYTES)
        || id.equals(Landmarks.at(evidence, 0));
  }

  /** Whether the message ends where it should: by its own end, or by what follows. */
  private boolean isInPlace(Evidence evidence, int length) {
    if (isNamed() && evidence.agreeing(id, 0, length - CERTAIN_BYTES) == CERTAIN_BYTES) {
      return true;
    }
    int certain = script.headBytes() + CERTAIN_BYTES;
    int behind = evidence.following(length, certain);
    return behind >= certain
        || (behind >= 0
            && evidence.isAllBehind(behind)
            && new Remains(evidence, expected).isSlight(agreed));
  }

  /** The first message, elsewhere than the expected one in its place, that was to come yet. */
  private @Nullable Landmark nextOutstanding(Evidence evidence, long least) {
    if (landmarks == null) {
      int known = script.headBytes() + Ids.BYTES;
      boolean isSure = isNamed() && agreed >= known;
      landmarks = new Landmarks(script.headBytes(), isSure ? agreed - Ids.BYTES + 1 : 0);
    }
    for (int i = 0; ; i++) {
      Landmark landmark = landmarks.get(evidence, i);
      if (landmark == null) {
        return null;
      }
      boolean isInPlace = landmark.start() == 0 && landmark.id().equals(id);
      if (evidence.isOutstanding(landmark.id())
          && landmark.id().sequence() >= least
          && !isInPlace) {
        return landmark;
      }
    }
  }

  /** The message itself was found elsewhere. */
  private Inspection inspectMoved(Evidence evidence, Landmark found) {
    int start = found.start();
    int end = start + evidence.length(expected);
    if (evidence.agreeing(id, start) == end - Math.max(0, start)) {
      return Inspection.followed(end, expected + 1, Findings.shifted(id, agreed, start));
    }
    if (evidence.bytes() < end) {
      return evidence.mayWait()
          ? Inspection.needsMore(end)
          : Inspection.lost(evidence, Findings.shifted(id, agreed, start));
    }
    Landmark next = nextOutstanding(evidence, expected + 1);
    if (next == null) {
      return evidence.mayWait()
          ? Inspection.needsMore(evidence.bytes() + 1)
          : Inspection.lost(evidence, Findings.unknown(id, agreed));
    }
    return inspectCut(evidence, next);
  }

  /** The next message that is there begins where this one should go on, or not have ended. */
  private Inspection inspectCut(Evidence evidence, Landmark next) {
    int end = begin(evidence, next);
    long following = next.id().sequence();
    while (following - 1 > expected && isWholeBefore(evidence, following - 1, end)) {
      following--;
      end -= evidence.length(following);
    }
    List<WrongEcho> wrong = new ArrayList<>();
    if (end == 0) {
      return Inspection.followed(0, following, dropped(wrong, expected, following));
    }
    WrongEcho remains = new Remains(evidence, expected).judge(end);
    if (remains.verdict() == Verdict.UNKNOWN && following > expected + 1) {
      int tail = new Remains(evidence, following - 1).tail(end);
      if (tail >= CERTAIN_BYTES && agreed + tail >= end) {
        return inspectHole(evidence, following - 1, end - tail);
      }
    }
    wrong.add(remains);
    return Inspection.followed(end, following, dropped(wrong, expected + 1, following));
  }

  /** Bytes are missing from inside this message to inside a later one. */
  private Inspection inspectHole(Evidence evidence, long following, int end) {
    List<WrongEcho> wrong = new ArrayList<>();
    if (end > 0) {
      wrong.add(Findings.truncated(id, agreed, evidence.length(expected) - agreed));
    }
    long next = end > 0 ? expected + 1 : expected;
    return Inspection.followed(end, following, dropped(wrong, next, following));
  }

  /** Where a message begins; behind the part of its head that is missing or does not agree. */
  private int begin(Evidence evidence, Landmark landmark) {
    int start = landmark.start();
    int head = script.headBytes();
    if (start == evidence.length(expected)
        || (start >= 0 && evidence.agreeing(landmark.id(), start) >= head)) {
      return start;
    }
    return start + head - new Remains(evidence, landmark.id().sequence()).tail(head, start + head);
  }

  private boolean isWholeBefore(Evidence evidence, long sequence, int end) {
    int length = evidence.length(sequence);
    return !script.isNamed(connection, sequence)
        && end >= length
        && evidence.agreeing(evidence.own(sequence), end - length) == length;
  }

  private List<WrongEcho> dropped(List<WrongEcho> wrong, long from, long to) {
    for (long each = from; each < to; each++) {
      wrong.add(Findings.dropped(new MessageId(connection, each)));
    }
    return wrong;
  }

  /** Nothing more comes, and no other message is there. */
  private Inspection decide(Evidence evidence) {
    WrongEcho wrong = new Remains(evidence, expected).judge(evidence.bytes());
    return wrong.verdict() == Verdict.UNKNOWN
        ? Inspection.lost(evidence, wrong)
        : Inspection.followed(evidence.bytes(), expected + 1, wrong);
  }

  /** Whether more bytes may come. */
  enum More {
    /** They may: wait for them if that makes the verdict certain. */
    MAY_COME,
    /** The connection is silent or over: decide now. */
    NOT_NOW
  }
}
