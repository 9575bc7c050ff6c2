package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.metrics.Distribution;
import dev.echo.payload.Script;
import dev.echo.payload.WrongEcho;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The lanes of one event loop: says which of them has a message due, and when nothing is due any
 * more. Event loop only, but for {@link #done()}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Timers that are not needed any more do nothing.
final class Driver implements Flow.Owner {
  /** What {@link #tick} returns when no message will be due. */
  static final long NOTHING_DUE = Long.MAX_VALUE;

  /** The loop reads what has come after so many. */
  private static final int MOST_AT_ONCE = 1024;

  private final LoadPlan plan;
  private final EventLoop loop;
  private final RunEvents events;
  private final List<Carrier> lanes = new ArrayList<>();
  private final List<Carrier> touched = new ArrayList<>();
  private final Histogram missingAges = Distribution.empty();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Runnable goTouched = this::goTouched;
  private Timing timing = new Timing.Closed(0, 0);
  private Recording recording = new Recording();
  private long allowance = Long.MAX_VALUE;
  private long round;
  private int turn;
  private int lanesOver;
  private boolean exhausted;
  private boolean ended;
  private long exhaustedNanos;

  Driver(LoadPlan plan, EventLoop loop, RunEvents events) {
    this.plan = plan;
    this.loop = loop;
    this.events = events;
  }

  void add(int connection, Script script, Bootstrap bootstrap) {
    if (plan.endpoint() instanceof UdpEndpoint) {
      DatagramFlow datagrams = new DatagramFlow(connection, script, plan.inFlight(), this);
      lanes.add(new DatagramLane(plan, datagrams, loop, bootstrap, this));
      return;
    }
    int cap = plan.connectionUse() == ConnectionUse.ONE_MESSAGE ? 1 : plan.inFlight();
    Flow flow = new Flow(connection, script, cap, this);
    lanes.add(new Lane(plan, flow, loop, bootstrap, this));
  }

  int lanes() {
    return lanes.size();
  }

  EventLoop loop() {
    return loop;
  }

  RunEvents events() {
    return events;
  }

  /** Completes when every message has come back, or it is too late for those that have not. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** The ages of the messages that never came; once it is done. */
  Histogram missingAges() {
    return missingAges;
  }

  /** What became of datagrams; once it is done. */
  DatagramCounts datagrams() {
    return lanes.stream().map(Carrier::datagrams).reduce(DatagramCounts.NONE, DatagramCounts::plus);
  }

  /** When the last message was due, or sending was ended. */
  long exhaustedNanos() {
    return exhaustedNanos;
  }

  /** Makes the connections; completes when each was made or could not be. */
  CompletableFuture<Void> connect() {
    if (plan.connectionUse() == ConnectionUse.ONE_MESSAGE) {
      return CompletableFuture.completedFuture(null);
    }
    lanes.forEach(Carrier::connect);
    return CompletableFuture.allOf(
        lanes.stream().map(Carrier::triedOnce).toArray(CompletableFuture<?>[]::new));
  }

  /** Begins in open loop; somebody calls {@link #tick}. */
  void begin(Timing.Open open) {
    timing = open;
    long left = open.endNanos() - loop.ticker().nanoTime() + plan.timeout().toNanos();
    loop.schedule(this::giveUp, left, TimeUnit.NANOSECONDS);
    lanes.forEach(lane -> lane.begin(open));
  }

  /** Begins in closed loop, with at most so many measured messages. */
  void begin(Timing.Closed closed, long messages) {
    timing = closed;
    allowance = messages;
    long left = closed.endNanos() - loop.ticker().nanoTime();
    loop.schedule(() -> exhaust(), left, TimeUnit.NANOSECONDS);
    if (exhausted) {
      return; // Told to stop before it began.
    }
    for (Carrier lane : lanes) {
      lane.begin(closed);
      lane.alwaysDue();
      lane.go();
    }
  }

  /**
   * Takes the messages that are due and sends what can be sent.
   *
   * @return when the next one is due, or {@link #NOTHING_DUE}
   */
  long tick(long now) {
    if (exhausted || !(timing instanceof Timing.Open open)) {
      return NOTHING_DUE;
    }
    long next = now;
    for (int i = 0; i < MOST_AT_ONCE && next <= now; i++) {
      next = take(open.schedule(), now);
    }
    goTouched();
    if (next == NOTHING_DUE) {
      exhaust();
      exhaustedNanos = timing.endNanos();
    }
    return next;
  }

  private void goTouched() {
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).go();
    }
    touched.clear();
  }

  /**
   * Something came back on a lane, so more may leave: together with that of the other lanes, when
   * the loop has read them all. Sent one by one between the reads, each message would wake a server
   * that has had the time to fall asleep since the last one, which costs more than sending it.
   */
  void answer(Carrier lane) {
    if (lanes.size() == 1) {
      lane.go();
    } else if (lane.touch()) {
      if (touched.isEmpty()) {
        loop.execute(goTouched);
      }
      touched.add(lane);
    }
  }

  /** Takes the next message if it is due; returns when it is, if it is not. */
  private long take(Schedule schedule, long now) {
    Carrier lane = lanes.get(turn);
    long message = schedule.message(lane.connection(), round);
    if (message >= schedule.messages()) {
      return NOTHING_DUE;
    }
    long due = schedule.dueNanos(message);
    if (due > now) {
      return due;
    }
    lane.due();
    if (schedule.isMeasured(message)) {
      recording.due(now - due);
      lane.countHeld(recording);
    }
    if (lane.touch()) {
      touched.add(lane);
    }
    turn();
    return due;
  }

  /** No more messages are due; ends when those under way have come back, or after the timeout. */
  void exhaust() {
    exhaust(loop.ticker().nanoTime(), plan.timeout().toNanos());
  }

  /** Ends the sending now, with what is due, and after so long the rest. */
  void stop(long patienceNanos) {
    long now = loop.ticker().nanoTime();
    tick(now);
    exhaust(now, patienceNanos);
  }

  private void exhaust(long now, long patienceNanos) {
    if (!exhausted) {
      exhausted = true;
      exhaustedNanos = Math.min(now, timing.endNanos());
      if (!timing.isOpen()) {
        lanes.forEach(lane -> lane.stopSending());
      }
      lanes.forEach(this::finishIfSettled);
    }
    loop.schedule(this::giveUp, patienceNanos, TimeUnit.NANOSECONDS);
  }

  /** Something came back, or a connection was made or lost. */
  void changed(Carrier lane) {
    if (exhausted) {
      finishIfSettled(lane);
    }
  }

  /** A lane will do nothing more. */
  void over() {
    lanesOver++;
    if (lanesOver == lanes.size()) {
      giveUp();
    }
  }

  private void finishIfSettled(Carrier lane) {
    if (lane.isSettled()) {
      lane.finish();
    }
  }

  private void giveUp() {
    if (ended) {
      return;
    }
    ended = true;
    long now = loop.ticker().nanoTime();
    if (!exhausted) {
      exhausted = true;
      exhaustedNanos = Math.min(now, timing.endNanos());
    }
    lanes.forEach(Carrier::stop);
    for (Carrier lane : lanes) {
      lane.missing(now, age -> missing(age));
    }
    if (timing instanceof Timing.Open open) {
      leaveOut(open.schedule(), now);
    }
    done.complete(null);
  }

  /**
   * Counts the messages that were due and that this loop never came to: it was too slow. They are
   * ranked by their age, as those are that never came back.
   */
  private void leaveOut(Schedule schedule, long now) {
    while (true) {
      long message = schedule.message(lanes.get(turn).connection(), round);
      if (message >= schedule.messages() || schedule.dueNanos(message) >= exhaustedNanos) {
        return;
      }
      if (schedule.isMeasured(message)) {
        long age = now - schedule.dueNanos(message);
        recording.due(age);
        missing(age);
      }
      turn();
    }
  }

  /** One never came, or came too late. */
  void missing(long ageNanos) {
    missingAges.recordValue(Math.min(Math.max(1, ageNanos), Distribution.MAX_NANOS));
  }

  private void turn() {
    turn++;
    if (turn == lanes.size()) {
      turn = 0;
      round++;
    }
  }

  /** Hands over what was recorded; the loop goes on with another, which must be clear. */
  Recording swap(Recording clear) {
    Recording full = recording;
    recording = clear;
    return full;
  }

  @Override
  public Recording recording() {
    return recording;
  }

  @Override
  public long allowance() {
    return allowance;
  }

  @Override
  public void left(long count, long sentNanos) {
    if (allowance != Long.MAX_VALUE && sentNanos - timing.firstMeasuredNanos() >= 0) {
      allowance -= count;
      if (allowance <= 0) {
        loop.execute(this::exhaust);
      }
    }
  }

  @Override
  public void wrong(Flow flow, WrongEcho wrong) {
    events.wrong(wrong);
  }
}
