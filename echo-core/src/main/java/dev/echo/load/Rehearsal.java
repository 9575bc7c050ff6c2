package dev.echo.load;

import dev.echo.client.LoopbackEcho;
import dev.echo.payload.PayloadSource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;

/**
 * A short run like the one that follows, against an echo in this process, so that the virtual
 * machine has compiled the code that sends, times and verifies: at ten messages a second no warm-up
 * would be long enough for that. Once for each kind of loop in a process.
 */
final class Rehearsal {
  private enum Kind {
    OPEN,
    CLOSED
  }

  private static final Duration LENGTH = Duration.ofMillis(400);
  private static final double MESSAGES_PER_SECOND = 40_000;
  private static final int MOST_CONNECTIONS = 4;
  private static final int IN_FLIGHT = 16;
  private static final PayloadSource USUAL_SIZE = new PayloadSource.Generated(64, 64);

  /** What this process has played already. */
  private static final EnumSet<Kind> PLAYED = EnumSet.noneOf(Kind.class);

  private Rehearsal() {}

  /** Plays what a plan needs, if nobody has; where there is no loopback, nothing. */
  static void playOnce(LoadPlan plan) throws InterruptedException {
    synchronized (PLAYED) {
      if (!PLAYED.add(plan.pace() instanceof Pace.Max ? Kind.CLOSED : Kind.OPEN)) {
        return;
      }
    }
    LoopbackEcho echo;
    try {
      echo = LoopbackEcho.start(plan.transport()).join();
    } catch (CompletionException e) {
      return;
    }
    try {
      play(plan, echo);
    } finally {
      echo.stop().join();
    }
  }

  /** Runs, and returns what was measured. */
  static LoadResult play(LoadPlan plan, LoopbackEcho echo) throws InterruptedException {
    boolean isOpen = plan.pace() instanceof Pace.PerSecond;
    LoadPlan rehearsed =
        LoadPlan.builder(echo.endpoint())
            .mode(plan.mode())
            .stamps(plan.stamps())
            .transport(plan.transport())
            .connections(Math.min(plan.connections(), MOST_CONNECTIONS))
            .pace(isOpen ? Pace.perSecond(MESSAGES_PER_SECOND) : Pace.MAX)
            .inFlight(isOpen ? plan.inFlight() : IN_FLIGHT)
            .payload(USUAL_SIZE)
            .warmup(Duration.ZERO)
            .amount(new Amount.Time(LENGTH))
            .timeout(LENGTH)
            .build();
    return new Conductor(rehearsed, LoadListener.NONE).run();
  }
}
