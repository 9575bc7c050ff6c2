package dev.echo.report;

import dev.echo.load.Assessment;
import dev.echo.load.Assessment.Check;
import dev.echo.load.Trouble;
import dev.echo.payload.WrongEcho;

/** Single events in one line, and the verdict. */
final class Sentences {
  private Sentences() {}

  static String of(WrongEcho wrong) {
    String word = wrong.verdict() + ": ";
    return "connection "
        + wrong.connection()
        + ", message "
        + Numbers.count(wrong.message())
        + ": "
        + (wrong.sentence().startsWith(word) ? "" : word)
        + wrong.sentence();
  }

  static String of(Trouble trouble) {
    return (trouble.at().isNegative()
            ? "before the first message"
            : "at " + Numbers.exact(trouble.at()))
        + ", connection "
        + trouble.connection()
        + ": "
        + trouble.status().word()
        + ": "
        + trouble.sentence();
  }

  static String outcome(Check check) {
    return switch (check.outcome()) {
          case HELD -> "held, measured ";
          case FAILED -> "FAILED, measured ";
          case NOT_CARRIED -> "cannot be said: ";
        }
        + check.measured();
  }

  static String verdict(Assessment assessment) {
    String word = assessment.status().word() + " (status " + assessment.status().code() + ")";
    return assessment.reasons().isEmpty()
        ? word
        : word + ": " + String.join("; ", assessment.reasons());
  }
}
