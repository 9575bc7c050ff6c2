package dev.echo.payload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what it means that another message is in the place of the expected one. */
final class Strangers {
  /** A message that so many have overtaken, and another one too, is not late but lost. */
  private static final int MOST_LATE = 2;

  /** Returns null if no other message is there, or not enough of it to mean anything. */
  @Nullable Inspection inspect(Evidence evidence) {
    MessageId there = Landmarks.at(evidence, 0);
    if (there == null || there.equals(evidence.id())) {
      return null;
    }
    if (evidence.isOutstanding(there)) {
      return inspectOrder(evidence, there);
    }
    if (!evidence.payloadAgrees(there, 0)) {
      return null;
    }
    if (evidence.isOld(there)) {
      return inspectOld(evidence, there);
    }
    return evidence.isForeign(there) ? inspectForeign(evidence, there) : null;
  }

  /** Says what came though nothing is outstanding. */
  Inspection surplus(Evidence evidence, int patienceBytes) {
    MessageId there = Landmarks.at(evidence, 0);
    if (there != null && evidence.isOld(there) && evidence.payloadAgrees(there, 0)) {
      return inspectOld(evidence, there);
    }
    WrongEcho wrong = Findings.surplus(evidence.id(), evidence.bytes());
    if (evidence.bytes() >= patienceBytes) {
      return Inspection.lost(evidence, wrong);
    }
    return evidence.mayWait()
        ? Inspection.needsMore(evidence.bytes() + 1)
        : Inspection.followed(evidence.bytes(), evidence.expected(), wrong);
  }

  private static Inspection inspectOld(Evidence evidence, MessageId there) {
    int length = evidence.length(there);
    WrongEcho wrong = Findings.duplicated(there);
    if (evidence.bytes() >= length) {
      return Inspection.followed(length, evidence.expected(), wrong);
    }
    return evidence.mayWait() ? Inspection.needsMore(length) : Inspection.lost(evidence, wrong);
  }

  /** It came either in place of the expected one or in front of it: what follows tells. */
  private static Inspection inspectForeign(Evidence evidence, MessageId first) {
    WrongEcho wrong = Findings.foreign(evidence.id(), first.connection());
    int place = 0;
    MessageId there = first;
    while (there != null && evidence.isForeign(there)) {
      place += evidence.length(there);
      int wanted = place + evidence.script().headBytes() + Ids.BYTES;
      if (evidence.bytes() < wanted && evidence.mayWait()) {
        return Inspection.needsMore(wanted);
      }
      there = Landmarks.at(evidence, place);
    }
    int length = Math.min(evidence.length(first), evidence.bytes());
    boolean isInserted =
        there == null
            ? place < evidence.bytes() && evidence.payloadAgrees(evidence.id(), place)
            : there.equals(evidence.id());
    return Inspection.followed(length, evidence.expected() + (isInserted ? 0 : 1), wrong);
  }

  /** A later message is there: the expected one is either late or lost. */
  private static Inspection inspectOrder(Evidence evidence, MessageId first) {
    long expected = evidence.expected();
    Set<Long> seen = new HashSet<>();
    long highest = first.sequence();
    boolean isLate = false;
    int place = 0;
    MessageId there = first;
    while (there != null && isNew(evidence, there, seen) && evidence.payloadAgrees(there, place)) {
      boolean isEarlier = there.sequence() < first.sequence();
      boolean isOnTime = !isLate && !isEarlier && seen.size() == MOST_LATE;
      boolean isBehindAll = seen.contains(expected) && there.sequence() > highest;
      if (isOnTime || isBehindAll) {
        break;
      }
      seen.add(there.sequence());
      highest = Math.max(highest, there.sequence());
      isLate |= isEarlier;
      place += evidence.length(there);
      boolean isComplete = seen.size() == highest - expected + 1;
      int wanted = place + (isComplete ? 0 : evidence.script().headBytes() + Ids.BYTES);
      if (evidence.bytes() < wanted && evidence.mayWait()) {
        return Inspection.needsMore(wanted);
      }
      if (isComplete) {
        break;
      }
      there = Landmarks.at(evidence, place);
    }
    return isLate
        ? swapped(evidence, first, seen, highest, Math.min(place, evidence.bytes()))
        : dropped(evidence, first.sequence());
  }

  private static boolean isNew(Evidence evidence, MessageId there, Set<Long> seen) {
    return evidence.isOutstanding(there) && !seen.contains(there.sequence());
  }

  private static Inspection swapped(
      Evidence evidence, MessageId first, Set<Long> seen, long highest, int bytes) {
    List<WrongEcho> wrong = new ArrayList<>();
    boolean isTold = false;
    for (long each = evidence.expected(); each <= highest; each++) {
      MessageId id = evidence.own(each);
      if (!seen.contains(each)) {
        wrong.add(Findings.dropped(id));
      } else if (!isTold) {
        wrong.add(Findings.swapped(id, first.sequence()));
        isTold = true;
      }
    }
    return Inspection.followed(bytes, highest + 1, wrong);
  }

  private static Inspection dropped(Evidence evidence, long until) {
    List<WrongEcho> wrong = new ArrayList<>();
    for (long each = evidence.expected(); each < until; each++) {
      wrong.add(Findings.dropped(evidence.own(each)));
    }
    return Inspection.followed(0, until, wrong);
  }
}
