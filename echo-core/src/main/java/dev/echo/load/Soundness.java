package dev.echo.load;

import dev.echo.text.ExitStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whether runs can stand for what their plan asked for: only then is a comparison evidence. */
final class Soundness {
  private Soundness() {}

  /**
   * Looks for a run that did not do what it was asked to, whatever was expected of it.
   *
   * @return the first of them and why, as in {@code run 2 of 5 is incomplete: 3 messages never came
   *     back}; empty if all are sound
   */
  static Optional<String> flaw(List<LoadResult> runs) {
    return IntStream.range(0, runs.size())
        .mapToObj(i -> flaw(runs.get(i)).map(flaw -> number(i + 1, runs.size()) + flaw))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> flaw(LoadResult run) {
    Assessment assessment = Assessment.of(run, List.of());
    if (assessment.status() != ExitStatus.OK) {
      return Optional.of(assessment.status().word() + ": " + assessment.reasons().get(0));
    }
    return switch (run.ending()) {
      case COMPLETE -> Optional.empty();
      case INTERRUPTED -> Optional.of("cut short: it was interrupted");
      case FAILED -> Optional.of("cut short: it ended at the first failure");
      case UNREACHABLE -> Optional.of("empty: nobody answered");
    };
  }

  private static String number(int number, int of) {
    return of == 1 ? "the run is " : String.format(Locale.ROOT, "run %,d of %,d is ", number, of);
  }
}
