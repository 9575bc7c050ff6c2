package dev.echo.verify;

import java.util.Locale;

/**
 * What became of a message whose echo is not what was sent. The table from fault to verdict is in
 * {@code docs/measuring.md}.
 */
public enum Verdict {
  /** It has its length and its place, and some bits differ. */
  CORRUPT,
  /** Its bytes are there, some bytes away from their place. */
  SHIFTED,
  /** Its end is missing, and what follows is there. */
  TRUNCATED,
  /** A message that had come back already came again. */
  DUPLICATED,
  /** Two messages came back in the other's place. */
  SWAPPED,
  /** It never came, and messages sent after it did. */
  DROPPED,
  /** A message of another connection came back in its place. */
  FOREIGN,
  /** Its header differs, so nobody could tell where the message ends. */
  FRAMING_LOST,
  /** Bytes came that were never sent, behind everything that was. */
  SURPLUS,
  /** What answers is no echo. */
  NOT_ECHO,
  /** A datagram came back whole and equal, after the timeout. */
  LATE,
  /** It is wrong, and nothing certain can be said about how. */
  UNKNOWN;

  /** The name as reports show it: lower case, words joined by a hyphen. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
