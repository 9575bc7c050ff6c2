package dev.echo.text;

/**
 * What a program of echo tells the script that started it. The numbers and the words are a
 * contract. The constants stand in the order in which one wins when several hold: a command line
 * that cannot be used first, then a peer that was not reached, then a wrong echo.
 */
public enum ExitStatus {
  /** An option, or a local file or port that cannot be used. */
  USAGE(2, "usage"),
  /** Some connection could not be made: refused, timeout, unreachable, name, TLS. */
  UNREACHABLE(3, "unreachable"),
  /** Bytes came back that are not what was sent. */
  WRONG(1, "wrong"),
  /** Ended by SIGTERM before it was done. */
  TERMINATED(143, "interrupted"),
  /** Ended by SIGINT before it was done. */
  INTERRUPTED(130, "interrupted"),
  /** Connected, but an echo is missing. */
  INCOMPLETE(4, "incomplete"),
  /** The measurement does not say what was asked. */
  INVALID(6, "invalid"),
  /** An expectation or a baseline was not met. */
  UNMET(5, "unmet"),
  /** Everything came back, verified, expectations met. */
  OK(0, "ok");

  private final int code;
  private final String word;

  ExitStatus(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /**
   * The number for {@code System.exit}.
   *
   * @return 0 to 143
   */
  public int code() {
    return code;
  }

  /**
   * The word for machines, as it stands in JSON.
   *
   * @return one lower-case word
   */
  public String word() {
    return word;
  }

  /**
   * Decides between two statuses that both hold.
   *
   * @param other the other one
   * @return the one that wins: of 2 3 1 143 130 4 6 5 0 the one that comes first
   */
  public ExitStatus and(ExitStatus other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
