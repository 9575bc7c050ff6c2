package dev.echo.load;

import dev.echo.client.LossDirections;
import dev.echo.endpoint.AwakeTimer;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.payload.Script;
import dev.echo.payload.WrongEcho;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The lanes of one event loop: says which of them has a message due, and when nothing is due any
 * more. Event loop only, but for {@link #done()}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Timers that are not needed any more do nothing.
final class Driver implements Flow.Owner {
  /** What {@link #tick} returns when no message will be due. */
  static final long NOTHING_DUE = Long.MAX_VALUE;

  /** A lost datagram costs one timeout; so many after each other are a path that is gone. */
  private static final int UDP_TIMEOUTS = 10;

  /** The loop reads what has come after so many. */
  private static final int MOST_AT_ONCE = 1024;

  private final LoadPlan plan;
  private final EventLoop loop;
  private final RunEvents events;
  private final Meter meter = new Meter();
  private final Agenda agenda = new Agenda(meter);
  private final List<Carrier> lanes = agenda.lanes();
  private final AwakeTimer patience;
  private final AwakeTimer idle;
  private final long idleNanos;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Runnable go = agenda::go;
  private long allowance = Long.MAX_VALUE;
  private int lanesOver;
  private boolean exhausted;
  private boolean ended;

  /** What has not come back yet is no fault of the path if it was sent less long ago. */
  private long owedNanos = 1;

  private long exhaustedNanos;

  Driver(LoadPlan plan, EventLoop loop, RunEvents events) {
    this.plan = plan;
    this.loop = loop;
    this.events = events;
    patience = new AwakeTimer(loop, this::giveUp);
    idle = new AwakeTimer(loop, this::nothingComes);
    idleNanos = idleNanos(plan);
  }

  void add(int connection, Script script, Bootstrap bootstrap) {
    if (plan.endpoint() instanceof UdpEndpoint) {
      DatagramFlow datagrams = new DatagramFlow(connection, script, plan, this);
      agenda.add(new DatagramLane(plan, datagrams, loop, bootstrap, this));
      return;
    }
    int cap = plan.connectionUse() == ConnectionUse.ONE_MESSAGE ? 1 : plan.inFlight();
    Flow flow = new Flow(connection, script, cap, this);
    agenda.add(new Lane(plan, flow, loop, bootstrap, this));
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

  /** Where datagrams were lost; once it is done. */
  Stream<LossDirections> directions() {
    return lanes.stream().map(Carrier::directions).flatMap(Optional::stream);
  }

  /** When the measured time was over: by the plan, or because it was ended, or all had come. */
  long endNanos() {
    long lastEcho = meter.window().lastEchoNanos();
    return isCounted() && lastEcho > meter.timing().firstMeasuredNanos()
        ? lastEcho
        : exhaustedNanos;
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
    meter.begin(open);
    long now = loop.ticker().nanoTime();
    patience.atMost(open.endNanos() - now + plan.timeout().toNanos());
    lanes.forEach(Carrier::begin);
  }

  /** Begins in closed loop, with at most so many measured messages. */
  void begin(Timing.Closed closed, long messages) {
    meter.begin(closed);
    allowance = messages;
    if (exhausted) {
      return; // Told to stop before it began.
    }
    if (messages == 0) {
      exhaust();
      return;
    }
    if (isCounted()) {
      idle.atMost(idleNanos);
    } else {
      long left = closed.endNanos() - loop.ticker().nanoTime();
      loop.schedule(() -> exhaust(), left, TimeUnit.NANOSECONDS);
    }
    for (Carrier lane : lanes) {
      lane.begin();
      lane.alwaysDue();
      lane.go();
    }
  }

  private boolean isCounted() {
    return plan.pace() instanceof Pace.Max && plan.amount() instanceof Amount.Messages;
  }

  /** So long a silence ends a run of so many messages. */
  private static long idleNanos(LoadPlan plan) {
    if (plan.endpoint() instanceof UdpEndpoint) {
      return UDP_TIMEOUTS * plan.timeout().toNanos();
    }
    // Where each message needs a connection of its own, making it is no silence.
    return plan.connectionUse() == ConnectionUse.ONE_MESSAGE
        ? plan.timeout().plus(plan.connectTimeout()).toNanos()
        : plan.timeout().toNanos();
  }

  /** Something came back. */
  void progress() {
    idle.renew(idleNanos);
  }

  /** So many messages were to come, and nothing does: nobody knows when they would have. */
  private void nothingComes() {
    exhaust();
    giveUp();
  }

  /**
   * Takes the messages that are due and sends what can be sent.
   *
   * @return when the next one is due, or {@link #NOTHING_DUE}
   */
  long tick(long now) {
    if (exhausted || !(meter.timing() instanceof Timing.Open open)) {
      return NOTHING_DUE;
    }
    long next = now;
    for (int i = 0; i < MOST_AT_ONCE && next <= now; i++) {
      next = agenda.take(open.schedule(), now);
    }
    agenda.go();
    if (next == NOTHING_DUE) {
      if (plan.amount() instanceof Amount.Time && now < open.endNanos()) {
        return open.endNanos();
      }
      exhaust();
      exhaustedNanos = open.endNanos();
    }
    return next;
  }

  /**
   * Something came back on a lane, so more may leave: together with that of the other lanes, when
   * the loop has read them all. Sent one by one between the reads, each message would wake a server
   * that has had the time to fall asleep since the last one, which costs more than sending it.
   */
  void answer(Carrier lane) {
    if (lanes.size() == 1) {
      lane.go();
    } else if (agenda.touch(lane)) {
      loop.execute(go);
    }
  }

  /** No more messages are due; ends when those under way have come back, or after the timeout. */
  private void exhaust() {
    exhaust(loop.ticker().nanoTime(), plan.timeout().toNanos());
  }

  /** Ends the sending now, with what is due, and after so long the rest. */
  void stop(long patienceNanos) {
    long now = loop.ticker().nanoTime();
    tick(now);
    if (!exhausted) {
      owedNanos = plan.timeout().toNanos();
      meter.window().end(now);
    }
    exhaust(now, patienceNanos);
  }

  private void exhaust(long now, long patienceNanos) {
    idle.end();
    if (!exhausted) {
      exhausted = true;
      exhaustedNanos = Math.min(now, meter.timing().endNanos());
      if (!meter.timing().isOpen()) {
        lanes.forEach(Carrier::stopSending);
      }
      lanes.forEach(this::finishIfSettled);
    }
    if (!ended) {
      patience.atMost(patienceNanos);
    }
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
    patience.end();
    idle.end();
    long now = loop.ticker().nanoTime();
    if (!exhausted) {
      exhausted = true;
      exhaustedNanos = Math.min(now, meter.timing().endNanos());
    }
    lanes.forEach(Carrier::stop);
    for (Carrier lane : lanes) {
      if (lane.missing(now) >= owedNanos) {
        events.faulty(lane.connection());
      }
      if (lane.isSilent()) {
        events.silent();
      }
    }
    if (meter.timing() instanceof Timing.Open open) {
      agenda.leaveOut(open.schedule(), exhaustedNanos, now);
    }
    done.complete(null);
  }

  @Override
  public Meter meter() {
    return meter;
  }

  @Override
  public long allowance() {
    return allowance;
  }

  @Override
  public void left(long count, long sentNanos) {
    if (allowance != Long.MAX_VALUE && sentNanos - meter.timing().firstMeasuredNanos() >= 0) {
      allowance -= count;
      if (allowance <= 0) {
        loop.execute(this::exhaust);
      }
    }
  }

  @Override
  public void wrong(WrongEcho wrong) {
    if (!ended) {
      events.wrong(wrong);
    }
  }
}
