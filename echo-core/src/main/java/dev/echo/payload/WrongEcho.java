package dev.echo.payload;

import dev.echo.verify.Verdict;

/**
 * One message that did not come back as it was sent.
 *
 * @param connection which one; those of a load run count from 1
 * @param sequence which message of the connection, as its stamp has it: from 0
 * @param verdict what became of it
 * @param offset where in the message the first wrong byte is, header included; -1 if that says
 *     nothing
 * @param amount by the verdict: how many bits differ (corrupt), by how many bytes it moved
 *     (shifted; negative: towards the front), how many bytes are missing (truncated), the number of
 *     the other message (swapped), the number of the other connection (foreign), how many bytes
 *     came (surplus), else 0
 * @param sentence the same for people, in one line that is safe to print
 */
public record WrongEcho(
    int connection, long sequence, Verdict verdict, long offset, long amount, String sentence) {
  /**
   * Which message of the connection it is.
   *
   * @return its number, from 1
   */
  public long message() {
    return sequence + 1;
  }
}
