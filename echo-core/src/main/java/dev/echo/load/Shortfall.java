package dev.echo.load;

import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.text.Rates;
import java.util.Locale;
import java.util.Optional;

/**
 * A rate that was asked for and not reached, and who is to blame. What is sent while the schedule
 * runs counts: a backlog that is sent after its end was not sent at the rate.
 *
 * @param asked messages per second
 * @param reached messages per second
 * @param isOwn whether nothing but this client is to blame
 * @param sentence for people
 */
record Shortfall(double asked, double reached, boolean isOwn, String sentence) {
  private static final double REACHED_SHARE = 0.99;

  /** A message or two at the edges of the measured time is no shortfall. */
  private static final double EDGE = 2;

  static Optional<Shortfall> of(LoadResult result) {
    if (!(result.plan().pace() instanceof Pace.PerSecond pace) || !result.carriesRate()) {
      return Optional.empty();
    }
    double asked = pace.messages();
    double seconds = result.measured().toNanos() / 1e9;
    long sent = result.counts().throughput().sent();
    double missing = asked * seconds - sent;
    if (missing <= EDGE || sent >= REACHED_SHARE * asked * seconds) {
      return Optional.empty();
    }
    return Optional.of(of(asked, sent / seconds, result));
  }

  private static Shortfall of(double asked, double reached, LoadResult result) {
    LoadCounts counts = result.counts();
    long most =
        Math.max(counts.heldByCap(), Math.max(counts.heldBySocket(), counts.heldByConnection()));
    String sentence =
        "sent at "
            + Rates.format(reached)
            + " of "
            + Rates.format(asked)
            + " while the schedule ran: "
            + (most == 0 ? "this client itself was too slow" : held(most, result));
    return new Shortfall(asked, reached, most == 0, sentence);
  }

  /** What held back messages that were due and never sent. */
  static String holdup(LoadResult result) {
    LoadCounts counts = result.counts();
    long most =
        Math.max(counts.heldByCap(), Math.max(counts.heldBySocket(), counts.heldByConnection()));
    if (most == counts.heldByConnection()) {
      return result.plan().connectionUse() == ConnectionUse.ONE_MESSAGE
          ? "no connection was free (each is used until the peer ends it after its echo, or for 1 s)"
          : "there was no connection";
    }
    return most == counts.heldBySocket()
        ? "the socket was full"
        : "the limit of messages in flight (--in-flight) was reached";
  }

  private static String held(long most, LoadResult result) {
    String waited = String.format(Locale.ROOT, "%,d messages waited for ", most);
    if (most == result.counts().heldByConnection()) {
      return waited + "a connection";
    }
    String slow = ", so the path or the peer was too slow";
    if (most == result.counts().heldBySocket()) {
      return waited + "room in a full socket" + slow;
    }
    int inFlight = result.plan().inFlight();
    return String.format(
        Locale.ROOT, "%sechoes (%,d in flight per connection at most)%s", waited, inFlight, slow);
  }
}
