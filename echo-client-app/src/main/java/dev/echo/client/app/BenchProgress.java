package dev.echo.client.app;

import dev.echo.load.Amount;
import dev.echo.load.ConnectionCounts;
import dev.echo.load.DatagramEvents;
import dev.echo.load.Interval;
import dev.echo.load.LoadListener;
import dev.echo.load.LoadPlan;
import dev.echo.load.Pace;
import dev.echo.load.Trouble;
import dev.echo.metrics.Distribution;
import dev.echo.payload.WrongEcho;
import dev.echo.text.Durations;
import dev.echo.text.ExitStatus;
import dev.echo.text.Rates;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it goes on: one line that is redrawn on a terminal, a plain line for each slice
 * elsewhere, and what goes wrong on both.
 */
final class BenchProgress implements LoadListener, AutoCloseable {
  private static final int BAR = 14;
  private static final long TICK_MILLIS = 200;
  private static final int SHOWN_FAULTS = 10;

  private final LoadPlan plan;
  private final Screen screen;
  private final Verbosity verbosity;
  private final Map<ExitStatus, Integer> faults = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Thread ticker = new Thread(this::tick, "echo-progress");
  private @Nullable Interval last;
  private long startNanos;
  private long measuredSent;
  private long wrong;
  private long surplus;
  private DatagramEvents datagrams = DatagramEvents.NONE;
  private final Set<String> advice = new LinkedHashSet<>();
  private boolean isStarted;
  private boolean isAlone;
  private boolean closed;

  BenchProgress(LoadPlan plan, Screen screen, Verbosity verbosity) {
    this.plan = plan;
    this.screen = screen;
    this.verbosity = verbosity;
    ticker.setDaemon(true);
  }

  @Override
  public synchronized void started(ConnectionCounts connections) {
    startNanos = System.nanoTime();
    isStarted = true;
    isAlone = connections.made() == 0;
    if (connections.made() > 0 && connections.failed() > 0) {
      advice.clear();
      advice.add(
          String.format(
              Locale.ROOT,
              "%d of %d connections were accepted: is there a limit on connections?",
              connections.made(),
              connections.asked()));
    }
    tellAdvice();
    boolean goesOn = connections.made() > 0 || connections.failed() == 0;
    if (screen.canRedraw() && verbosity != Verbosity.QUIET && goesOn && !closed) {
      ticker.start();
    }
  }

  @Override
  public synchronized void interval(Interval interval) {
    last = interval;
    wrong += interval.wrong();
    surplus += interval.surplus();
    datagrams = datagrams.plus(interval.datagrams());
    measuredSent += interval.warmup() ? 0 : interval.sent();
    if (!screen.canRedraw() && verbosity != Verbosity.QUIET && !isEmptyRest(interval)) {
      Duration end = interval.from().plus(interval.length());
      String time = String.format(Locale.ROOT, "%8.1fs  ", end.toNanos() / 1e9);
      screen.line(
          time
              + figures(interval, wrong)
              + shown("surplus", surplus)
              + shown(datagrams)
              + (interval.warmup() ? "  warm-up" : ""));
    }
  }

  /** The moment between the last slice and the end of the run. */
  private boolean isEmptyRest(Interval interval) {
    return interval.length().compareTo(plan.interval().dividedBy(2)) < 0
        && interval.sent() + interval.due() + interval.surplus() == 0;
  }

  @Override
  public synchronized void trouble(Trouble trouble) {
    String which = plan.connections() == 1 ? "" : "connection " + trouble.connection() + ": ";
    if (told.add(trouble.sentence())) {
      fault(trouble.status(), which + trouble.sentence());
    }
  }

  /** Only when all connections have been tried it is known what it is about. */
  @Override
  public synchronized void advice(List<String> lines) {
    if (!isStarted) {
      advice.addAll(lines);
    } else if (isAlone) {
      advice.addAll(lines);
      tellAdvice();
    }
  }

  private void tellAdvice() {
    advice.stream().filter(told::add).forEach(line -> screen.line("  " + line));
    advice.clear();
  }

  @Override
  public synchronized void wrong(WrongEcho echo) {
    fault(ExitStatus.WRONG, "wrong: " + echo.sentence());
  }

  /** A broken path has so many that the first ones of each kind have to do; the report counts. */
  private void fault(ExitStatus status, String sentence) {
    int count = faults.merge(status, 1, Integer::sum);
    if (count <= SHOWN_FAULTS) {
      screen.line(sentence);
    } else if (count == SHOWN_FAULTS + 1) {
      screen.line("... and more of that kind, which the report counts");
    }
  }

  private void tick() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        draw();
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void draw() {
    if (!closed) {
      screen.status(shownLine());
    }
  }

  /** Says how far it is, to somebody who asks. */
  synchronized void tell() {
    screen.line(startNanos == 0 ? "connecting" : shownLine());
  }

  private String shownLine() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    String besides = shown("surplus", surplus) + shown("lost", lost());
    return line(plan, elapsed, measuredSent, last, wrong, besides);
  }

  /** Those that came late are not lost. */
  private long lost() {
    return datagrams.lost() - datagrams.late();
  }

  /** What happened to datagrams so far, each kind that did happen. */
  private String shown(DatagramEvents events) {
    return shown("lost", lost())
        + shown("late", events.late())
        + shown("duplicated", events.duplicated())
        + shown("reordered", events.reordered());
  }

  private static String shown(String what, long count) {
    return count == 0 ? "" : String.format(Locale.ROOT, "  %s %,d", what, count);
  }

  /**
   * The line that is redrawn, less than 80 columns wide.
   *
   * @param elapsed since the first due time
   * @param sent messages since the warm-up
   * @param besides what was surplus or lost so far; the bar makes room for it
   */
  static String line(
      LoadPlan plan,
      Duration elapsed,
      long sent,
      @Nullable Interval last,
      long wrong,
      String besides) {
    int bar = Math.max(0, BAR - besides.length());
    double seconds = elapsed.toNanos() / 1e9;
    double warmup = plan.warmup().toNanos() / 1e9;
    double measured = Math.max(0, seconds - warmup);
    double all = measuredSeconds(plan, measured, sent);
    double share = all <= 0 ? 0 : Math.min(1, seconds / (warmup + all));
    int filled = (int) (share * bar);
    String left =
        seconds < warmup
            ? "warm-up"
            : all <= 0
                ? ""
                : measured < all
                    ? Durations.format((long) ((all - measured) * 1e9)) + " left"
                    : "last echoes";
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%% %-10s %s",
        "#".repeat(filled),
        "-".repeat(bar - filled),
        (int) (share * 100),
        left,
        last == null ? "" : figures(last, wrong) + besides);
  }

  /** How long the measured part will take, as far as that can be told; else 0. */
  private static double measuredSeconds(LoadPlan plan, double measured, long sent) {
    if (plan.amount() instanceof Amount.Time time) {
      return time.duration().toNanos() / 1e9;
    }
    long messages = ((Amount.Messages) plan.amount()).count();
    return plan.pace() instanceof Pace.PerSecond rate
        ? messages / rate.messages()
        : sent == 0 ? 0 : measured * messages / sent;
  }

  private static String figures(Interval interval, long wrong) {
    double seconds = interval.length().toNanos() / 1e9;
    Distribution times = interval.response().isEmpty() ? interval.service() : interval.response();
    return String.format(
        Locale.ROOT,
        "%9s  p50 %-6s  p99 %-6s  wrong %,d",
        interval.carriesRate() ? Rates.format(interval.echoed() / seconds) : "-",
        time(times, 50),
        time(times, 99),
        wrong);
  }

  private static String time(Distribution times, double percent) {
    return times.isEmpty() ? "-" : Durations.format(times.percentileNanos(percent));
  }

  @Override
  public synchronized void close() {
    closed = true;
    tellAdvice();
    ticker.interrupt();
    screen.erase();
  }
}
