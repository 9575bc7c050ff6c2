package dev.echo.load;

import java.util.Locale;

/** Why a run ended. */
public enum Ending {
  /** All that the plan asked for was done. */
  COMPLETE,
  /** It was stopped from outside; what was measured so far is in the result. */
  INTERRUPTED,
  /** The plan says that the first failure ends it, and there was one. */
  FAILED,
  /** No connection could be made, or none was left that could be made again. */
  UNREACHABLE;

  /** The name as reports have it: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
