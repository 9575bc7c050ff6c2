package dev.echo.payload;

/** Verdicts with their sentences. */
final class Findings {
  private Findings() {}

  static WrongEcho corrupt(MessageId id, long offset, long bits) {
    String where =
        bits == 1 ? "1 bit in byte " + offset : bits + " bits from byte " + offset + " on";
    return wrong(id, Verdict.CORRUPT, offset, bits, name(id) + " is corrupt: " + where);
  }

  static WrongEcho shifted(MessageId id, long offset, long by) {
    String how = bytes(Math.abs(by)) + (by < 0 ? " missing" : " too many");
    return wrong(
        id, Verdict.SHIFTED, offset, by, name(id) + " is shifted: " + how + " at byte " + offset);
  }

  static WrongEcho truncated(MessageId id, long offset, long missing) {
    return wrong(
        id,
        Verdict.TRUNCATED,
        offset,
        missing,
        name(id) + " is truncated: its last " + bytes(missing) + " missing");
  }

  static WrongEcho duplicated(MessageId id) {
    return wrong(id, Verdict.DUPLICATED, -1, 0, name(id) + " came back again");
  }

  static WrongEcho swapped(MessageId id, long other) {
    return wrong(
        id,
        Verdict.SWAPPED,
        -1,
        other + 1,
        name(id) + " changed places with message " + (other + 1));
  }

  static WrongEcho dropped(MessageId id) {
    return wrong(
        id, Verdict.DROPPED, -1, 0, name(id) + " never came back, but messages behind it did");
  }

  static WrongEcho foreign(MessageId id, int other) {
    return wrong(
        id,
        Verdict.FOREIGN,
        -1,
        other,
        "a message of connection " + other + " came back in place of " + name(id));
  }

  static WrongEcho framingLost(MessageId id, long offset) {
    return wrong(
        id,
        Verdict.FRAMING_LOST,
        offset,
        0,
        "the header of " + name(id) + " is wrong from byte " + offset + " on");
  }

  static WrongEcho surplus(MessageId next, long bytes) {
    return wrong(
        next,
        Verdict.SURPLUS,
        -1,
        bytes,
        bytes(bytes) + " more than was sent came back on connection " + next.connection());
  }

  static WrongEcho unknown(MessageId id, long offset) {
    return wrong(
        id, Verdict.UNKNOWN, offset, 0, name(id) + " is wrong from byte " + offset + " on");
  }

  private static WrongEcho wrong(
      MessageId id, Verdict verdict, long offset, long amount, String sentence) {
    return new WrongEcho(id.connection(), id.sequence(), verdict, offset, amount, sentence);
  }

  private static String name(MessageId id) {
    return "message " + (id.sequence() + 1) + " of connection " + id.connection();
  }

  private static String bytes(long count) {
    return count == 1 ? "1 byte" : count + " bytes";
  }
}
