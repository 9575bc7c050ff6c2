package dev.echo.verify;

import dev.echo.text.Durations;
import java.time.Duration;

/**
 * What became of one message whose echo is not what was sent. Its word, figures and sentence are
 * the same for whoever compared it.
 *
 * @param verdict the word
 * @param offset where the first wrong byte is; -1 if that says nothing. Whoever compared says what
 *     it counts from
 * @param amount by the verdict: how many bits differ (corrupt), by how many bytes it moved
 *     (shifted; negative: towards the front), how many bytes are missing (truncated), the number of
 *     the other message (swapped), the number of the other connection (foreign), how many bytes
 *     came (surplus), how many nanoseconds after it was sent it came (late), else 0
 * @param words the same for people, as {@link #sentence} has it; safe to print
 */
public record Finding(Verdict verdict, long offset, long amount, String words) {
  /**
   * Bits differ, and length and place are right.
   *
   * @param offset of the first wrong byte
   * @param bits how many
   * @return the finding
   */
  public static Finding corrupt(long offset, long bits) {
    String where =
        bits == 1 ? "1 bit in byte " + offset : bits + " bits from byte " + offset + " on";
    return new Finding(Verdict.CORRUPT, offset, bits, "is corrupt: " + where);
  }

  /**
   * Bytes are there in addition, or missing, and the others moved.
   *
   * @param offset of the first wrong byte
   * @param by how many; negative if they are missing
   * @return the finding
   */
  public static Finding shifted(long offset, long by) {
    String how = bytes(Math.abs(by)) + (by < 0 ? " missing" : " too many");
    return new Finding(Verdict.SHIFTED, offset, by, "is shifted: " + how + " at byte " + offset);
  }

  /**
   * The end is missing.
   *
   * @param offset where it ends
   * @param missing how many bytes
   * @return the finding
   */
  public static Finding truncated(long offset, long missing) {
    String how = missing == 1 ? "its last byte is" : "its last " + missing + " bytes are";
    return new Finding(Verdict.TRUNCATED, offset, missing, "is truncated: " + how + " missing");
  }

  /**
   * It had come back, and came again.
   *
   * @return the finding
   */
  public static Finding duplicated() {
    return new Finding(Verdict.DUPLICATED, -1, 0, "is duplicated: it came back again");
  }

  /**
   * It came in the place of another one, which came in its place.
   *
   * @param other the number of that one, from 1
   * @return the finding
   */
  public static Finding swapped(long other) {
    return new Finding(
        Verdict.SWAPPED, -1, other, "is swapped: it changed places with message " + other);
  }

  /**
   * It never came.
   *
   * @return the finding
   */
  public static Finding dropped() {
    return new Finding(
        Verdict.DROPPED, -1, 0, "is dropped: it never came back, but messages behind it did");
  }

  /**
   * A message of another connection came in its place.
   *
   * @param connection the number of that one, from 1
   * @return the finding
   */
  public static Finding foreign(int connection) {
    return new Finding(
        Verdict.FOREIGN,
        -1,
        connection,
        "is replaced by a foreign one: a message of connection " + connection);
  }

  /**
   * What stands in front of it is wrong, so nobody can tell where it ends.
   *
   * @param what is wrong, as {@code header}
   * @param offset of the first wrong byte of that
   * @return the finding
   */
  public static Finding framingLost(String what, long offset) {
    return new Finding(
        Verdict.FRAMING_LOST,
        offset,
        0,
        "has lost its framing: its " + what + " is wrong from byte " + offset + " on");
  }

  /**
   * Bytes came that belong to nothing that was sent.
   *
   * @param bytes how many are at hand
   * @return the finding
   */
  public static Finding surplus(long bytes) {
    return new Finding(
        Verdict.SURPLUS, -1, bytes, "surplus: " + bytes(bytes) + " more than was sent came back");
  }

  /**
   * Its datagram came back whole and equal, after the timeout.
   *
   * @param after how long after it was sent
   * @return the finding
   */
  public static Finding late(Duration after) {
    return new Finding(
        Verdict.LATE,
        -1,
        after.toNanos(),
        "came late: " + Durations.format(after) + " after it was sent");
  }

  /**
   * What answers is no echo.
   *
   * @param how it begins, safe to print
   * @return the finding
   */
  public static Finding notEcho(String how) {
    return new Finding(Verdict.NOT_ECHO, -1, 0, "is not echoed: " + how);
  }

  /**
   * It is wrong, and nothing certain can be said about how.
   *
   * @param offset of the first wrong byte
   * @return the finding
   */
  public static Finding unknown(long offset) {
    return new Finding(Verdict.UNKNOWN, offset, 0, "is wrong from byte " + offset + " on");
  }

  /**
   * Says whether it is about bytes that came in addition: then the message that was to come next is
   * still to come.
   *
   * @return true if it settles no message
   */
  public boolean isInAddition() {
    return verdict == Verdict.DUPLICATED || verdict == Verdict.SURPLUS;
  }

  /**
   * Says it for people.
   *
   * @param message what the message is called, as {@code message 3}
   * @return one line without a full stop
   */
  public String sentence(String message) {
    return verdict == Verdict.SURPLUS ? words : message + " " + words;
  }

  private static String bytes(long count) {
    return count == 1 ? "1 byte" : count + " bytes";
  }
}
