package dev.echo.payload;

/**
 * Says what is certain of a message in a run whose messages do not name themselves: that it was hit
 * in its place, if what follows it is right; else nothing.
 */
final class Nameless {
  /** So many bytes that agree behind a message show that it ends where it should. */
  private static final int CERTAIN_BYTES = 32;

  private Nameless() {}

  static Inspection inspect(Evidence evidence, int agreed) {
    int length = evidence.length(evidence.expected());
    if (evidence.bytes() < length) {
      return evidence.mayWait()
          ? Inspection.needsMore(length)
          : Inspection.lost(evidence, Findings.unknown(evidence.id(), agreed));
    }
    int behind = evidence.following(length, CERTAIN_BYTES);
    boolean isCertain = behind >= CERTAIN_BYTES || evidence.isAllBehind(behind);
    if (behind >= 0 && !isCertain && evidence.mayWait()) {
      return Inspection.needsMore(evidence.bytes() + 1);
    }
    Remains remains = new Remains(evidence, evidence.expected());
    return behind >= 0 && remains.isSlight(agreed)
        ? Inspection.followed(length, evidence.expected() + 1, remains.judge(length))
        : Inspection.lost(evidence, Findings.unknown(evidence.id(), agreed));
  }
}
