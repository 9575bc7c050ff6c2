package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges a run. The rules are the table in {@code docs/measuring.md}. */
final class Assessor {
  private final LoadResult result;
  private final List<String> reasons = new ArrayList<>();
  private ExitStatus status = ExitStatus.OK;

  private Assessor(LoadResult result) {
    this.result = result;
  }

  static Assessment assess(LoadResult result, List<Condition> conditions) {
    Assessor assessor = new Assessor(result);
    assessor.judgeEchoes();
    List<Check> checks = assessor.judgeClient(conditions);
    checks.forEach(assessor::judge);
    List<String> warnings = SelfWarnings.of(result, conditions, assessor.reasons);
    return new Assessment(assessor.status, assessor.reasons, checks, warnings);
  }

  private void judgeEchoes() {
    LoadCounts counts = result.counts();
    ConnectionCounts connections = result.connections();
    if (connections.failed() > 0 || result.ending() == Ending.UNREACHABLE) {
      add(
          ExitStatus.UNREACHABLE,
          "connecting failed "
              + times(Math.max(1, connections.failed()))
              + trouble(ExitStatus.UNREACHABLE));
    }
    long wrong = counts.wrong() + result.wrongInWarmup();
    if (wrong > 0) {
      add(ExitStatus.WRONG, messages(wrong) + " came back wrong" + firstWrong());
    }
    if (counts.surplus() > 0) {
      String first = wrong > 0 ? "" : firstWrong();
      add(
          ExitStatus.WRONG,
          "what is the echo of no message came " + times(counts.surplus()) + first);
    }
    DatagramCounts datagrams = result.datagrams();
    long missing = counts.missing() - counts.unsent() - datagrams.lost() - datagrams.late();
    if (datagrams.sent() > 0 && !datagrams.cameAny() && !isCutShort(result)) {
      add(ExitStatus.INCOMPLETE, "nothing came back of " + messages(datagrams.sent()));
    } else if (missing > 0 && !isCutShort(result)) {
      judgeMissing(missing, counts.due() - counts.sent() - counts.unsent());
    } else if (counts.echoed() == 0 && result.ending() == Ending.COMPLETE) {
      add(ExitStatus.INCOMPLETE, "no message came back in the measured time");
    }
    if (connections.silent() > 0 && datagrams.cameAny() && !isCutShort(result)) {
      add(
          ExitStatus.INCOMPLETE,
          String.format(
              Locale.ROOT,
              "%,d of %s got no echo of what %s sent",
              connections.silent(),
              count(connections.asked(), "socket"),
              connections.silent() == 1 ? "it" : "they"));
    }
    if (connections.lost() > 0) {
      add(
          ExitStatus.INCOMPLETE,
          count(connections.lost(), "connection")
              + " ended early"
              + trouble(ExitStatus.INCOMPLETE));
    }
  }

  private void judgeMissing(long missing, long unsent) {
    if (missing > unsent) {
      add(ExitStatus.INCOMPLETE, messages(missing - unsent) + " never came back");
    }
    if (unsent > 0) {
      String verb = unsent == 1 ? " was never sent: " : " were never sent: ";
      add(ExitStatus.INCOMPLETE, messages(unsent) + verb + Shortfall.holdup(result));
    }
  }

  /**
   * A client that is late spoils what it could have turned, and all that a run says if nothing else
   * was asked.
   */
  private List<Check> judgeClient(List<Condition> conditions) {
    judgeSchedule();
    OwnLag lag = OwnLag.of(result);
    List<Check> checks = conditions.stream().map(each -> each.check(result)).toList();
    if (!lag.spoils()) {
      return checks;
    }
    long latest = result.time(Measure.OWN_LAG).maxNanos();
    List<Check> judged = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      boolean turns = conditions.get(i).turnsWith(result, latest);
      judged.add(turns ? undecided(checks.get(i)) : checks.get(i));
    }
    if (conditions.isEmpty() || lag.isUnsent() || !judged.equals(checks)) {
      add(ExitStatus.INVALID, lag.sentence());
    }
    return judged;
  }

  /** Messages that are due at once, as far as this client can tell, are due at no rate. */
  private void judgeSchedule() {
    boolean isOpen = result.plan().pace() instanceof Pace.PerSecond;
    if (isOpen
        && result.ending() == Ending.COMPLETE
        && result.measured().toNanos() < OwnLag.LATE_NANOS) {
      add(ExitStatus.INVALID, SelfWarnings.tooShort(result));
    }
  }

  private static Check undecided(Check check) {
    return check.outcome() == Outcome.NOT_CARRIED
        ? check
        : new Check(
            check.condition(),
            check.measured() + ", and this client was late",
            Outcome.NOT_CARRIED);
  }

  private void judge(Check check) {
    if (check.outcome() == Outcome.FAILED) {
      add(ExitStatus.UNMET, check.condition() + " is not met: " + check.measured());
    } else if (check.outcome() == Outcome.NOT_CARRIED) {
      add(
          ExitStatus.INVALID,
          check.condition() + " cannot be decided by this run: " + check.measured());
    }
  }

  /** What was under way when somebody ended the run is not missing. */
  static boolean isCutShort(LoadResult result) {
    Duration oldest = Duration.ofNanos(result.missingAges().maxNanos());
    return result.ending() == Ending.INTERRUPTED && oldest.compareTo(result.plan().timeout()) < 0;
  }

  private String trouble(ExitStatus kind) {
    return result.troubles().stream()
        .filter(trouble -> trouble.status() == kind)
        .findFirst()
        .map(trouble -> ": " + trouble.sentence())
        .orElse("");
  }

  private String firstWrong() {
    return result.wrong().isEmpty() ? "" : ", the first: " + result.wrong().get(0).sentence();
  }

  private void add(ExitStatus found, String reason) {
    status = status.and(found);
    reasons.add(reason);
  }

  private static String messages(long number) {
    return count(number, "message");
  }

  private static String times(long number) {
    return number == 1 ? "once" : String.format(Locale.ROOT, "%,d times", number);
  }

  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
