package dev.echo.load;

import dev.echo.client.UnreachableException;
import dev.echo.duplex.ConnectionEnd;
import dev.echo.payload.WrongEcho;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What happens to the connections of a run, counted, and the first hundred of each kind kept. The
 * event loops tell; the listener is told by the thread that {@code later} hands to.
 */
final class RunEvents {
  private static final int KEPT = 100;

  private final int asked;
  private final LoadListener listener;
  private final Consumer<Runnable> later;
  private final Runnable onFailure;
  private final LongSupplier nanosIntoRun;
  private final BitSet faulty = new BitSet();
  private final List<Trouble> troubles = new ArrayList<>();
  private final List<WrongEcho> wrongs = new ArrayList<>();
  private long made;
  private long failed;
  private long lost;
  private int silent;

  /**
   * Begins with nothing.
   *
   * @param later runs what tells the listener, one after the other
   * @param onFailure is called, by an event loop, after each failure
   * @param nanosIntoRun since the first due time; negative before
   */
  RunEvents(
      LoadPlan plan,
      LoadListener listener,
      Consumer<Runnable> later,
      Runnable onFailure,
      LongSupplier nanosIntoRun) {
    this.asked = plan.connections();
    this.listener = listener;
    this.later = later;
    this.onFailure = onFailure;
    this.nanosIntoRun = nanosIntoRun;
  }

  synchronized void connected() {
    made++;
  }

  void unreachable(int connection, String sentence) {
    synchronized (this) {
      failed++;
    }
    trouble(connection, ExitStatus.UNREACHABLE, sentence, Optional.empty());
  }

  /** A connection could not be made. */
  void unreachable(int connection, UnreachableException failure) {
    unreachable(connection, String.valueOf(failure.getMessage()));
    later.accept(() -> listener.advice(failure.advice()));
  }

  /** A UDP socket, which is made without anybody at the other end, has found nobody there. */
  void neverMade(int connection, String sentence) {
    synchronized (this) {
      made--;
    }
    unreachable(connection, sentence);
  }

  /** A connection ended before it should. */
  void lost(int connection, ExitStatus status, String sentence, ConnectionEnd end) {
    synchronized (this) {
      lost++;
    }
    trouble(connection, status, sentence, Optional.of(end));
  }

  /** A connection never brought what it owes. */
  synchronized void faulty(int connection) {
    faulty.set(connection);
  }

  /** A socket got back nothing of what it sent. */
  synchronized void silent() {
    silent++;
  }

  void wrong(WrongEcho wrong) {
    boolean isKept;
    synchronized (this) {
      faulty.set(wrong.connection());
      isKept = wrongs.size() < KEPT;
      if (isKept) {
        wrongs.add(wrong);
      }
    }
    if (isKept) {
      later.accept(() -> listener.wrong(wrong));
    }
    onFailure.run();
  }

  private void trouble(
      int connection, ExitStatus status, String sentence, Optional<ConnectionEnd> end) {
    Duration at = Duration.ofNanos(nanosIntoRun.getAsLong());
    Trouble trouble = new Trouble(connection, at, status, sentence, end);
    boolean isKept;
    synchronized (this) {
      faulty.set(connection);
      isKept = troubles.size() < KEPT;
      if (isKept) {
        troubles.add(trouble);
      }
    }
    if (isKept) {
      later.accept(() -> listener.trouble(trouble));
    }
    onFailure.run();
  }

  synchronized ConnectionCounts connections() {
    // One that was never made, as after ^C, is none of them either.
    long errorFree = Math.min(made, asked - faulty.cardinality());
    return new ConnectionCounts(asked, made, failed, lost, (int) errorFree, silent);
  }

  synchronized List<Trouble> troubles() {
    return List.copyOf(troubles);
  }

  synchronized List<WrongEcho> wrongs() {
    return List.copyOf(wrongs);
  }
}
