package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.client.LossDirections;
import dev.echo.endpoint.OwnLoops;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.metrics.Distribution;
import dev.echo.payload.Script;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One run, from the first connect to the result. Its thread waits, takes what the loops recorded at
 * the end of each slice, and tells the listener.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What loops are told to do is seen by its effects.
final class Conductor {
  /** Between the last connect and the first due time; in closed loop nothing waits for one. */
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** How long a run that is stopped waits for what is under way. */
  private static final long STOP_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long END_SECONDS = 3;

  private static final long FAR_AWAY_NANOS = TimeUnit.DAYS.toNanos(365);

  /** Reads of up to 64 KiB, one a round, so that no connection keeps the others waiting. */
  private static final int MAX_READ_BYTES = 1 << 16;

  private static final int USUAL_READ_BYTES = 2048;

  /** The clock of the event loops. */
  private final Ticker clock = Ticker.systemTicker();

  private final LoadPlan plan;
  private final LoadListener listener;
  private final RunEvents events;
  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final List<Driver> drivers = new ArrayList<>();
  private final PauseMeter pauses = new PauseMeter(clock::nanoTime);
  private final Slicer slicer = new Slicer(clock, pauses);
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private Timing timing = new Timing.Closed(0, 0);
  private volatile long startNanos;
  private volatile boolean begun;
  private volatile @Nullable Ending ending;
  private Instant started = Instant.EPOCH;

  Conductor(LoadPlan plan, LoadListener listener) {
    this.plan = plan;
    this.listener = listener;
    events = new RunEvents(plan, listener, queue::add, this::failed, this::nanosIntoRun);
  }

  /** Ends the run as soon as what is under way has come back, or a moment later. */
  void stop(Ending why) {
    if (ending == null) {
      ending = why;
      queue.add(
          () -> {
            for (Driver driver : drivers) {
              driver.loop().execute(() -> driver.stop(STOP_PATIENCE_NANOS));
            }
          });
    }
  }

  private void failed() {
    if (plan.afterFailure() == LoadPlan.AfterFailure.END && begun) {
      stop(Ending.FAILED);
    }
  }

  private long nanosIntoRun() {
    return begun ? clock.nanoTime() - startNanos : -1;
  }

  /** Runs to the end. */
  LoadResult run() throws InterruptedException {
    Transport transport = plan.transport();
    OwnLoops loops = OwnLoops.daemons(transport, plan.loops(), "echo-load");
    try (pauses) {
      pauses.start();
      prepare(loops.group(), transport);
      connect();
      Ending told = ending;
      if (told == null
          && plan.afterFailure() == LoadPlan.AfterFailure.END
          && events.connections().failed() > 0) {
        told = Ending.FAILED;
      }
      if (told == null
          && events.connections().made() == 0
          && plan.connectionUse() == LoadPlan.ConnectionUse.KEEP) {
        told = Ending.UNREACHABLE;
      }
      if (told != null) {
        slicer.collect(drivers);
        return result(told, Distribution.empty());
      }
      begin();
      watch();
      return result(endedHow(), missingAges());
    } finally {
      end(loops);
    }
  }

  /** One that waits for the name service cannot be ended. */
  private static void end(OwnLoops loops) throws InterruptedException {
    try {
      loops.end().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Its threads are daemons.
    }
  }

  private void prepare(EventLoopGroup group, Transport transport) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channelFactory(transport.channels(plan.endpoint()))
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(USUAL_READ_BYTES, USUAL_READ_BYTES, MAX_READ_BYTES)
                    .maxMessagesPerRead(1));
    for (int i = 0; i < plan.loops(); i++) {
      drivers.add(new Driver(plan, group.next(), events));
    }
    Script script = new Script(plan.mode(), plan.stamps(), plan.payload(), plan.seed());
    List<Script> scripts = new ArrayList<>();
    drivers.forEach(driver -> scripts.add(script.twin()));
    for (int connection = 1; connection <= plan.connections(); connection++) {
      int index = (connection - 1) % drivers.size();
      drivers.get(index).add(connection, scripts.get(index), bootstrap);
    }
  }

  /** Makes the connections, unless the run is stopped meanwhile. */
  private void connect() throws InterruptedException {
    List<CompletableFuture<Void>> tried = new ArrayList<>();
    for (Driver driver : drivers) {
      tried.add(onLoop(driver.loop(), driver::connect));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(tried.toArray(CompletableFuture<?>[]::new));
    all.whenComplete((nothing, failure) -> queue.add(() -> {}));
    while (!all.isDone() && ending == null) {
      queue.take().run();
    }
    listener.started(events.connections());
  }

  private void begin() {
    long lead = plan.pace() instanceof Pace.Max ? 0 : LEAD_NANOS;
    begun = true;
    startNanos = clock.nanoTime() + lead;
    started = Instant.now().plusNanos(lead);
    if (plan.pace() instanceof Pace.PerSecond rate) {
      Timing.Open open = new Timing.Open(Schedule.of(plan, rate.messages(), startNanos));
      timing = open;
      for (Driver driver : drivers) {
        Pacer pacer = new Pacer(driver.loop(), driver);
        driver.loop().execute(() -> driver.begin(open));
        driver.loop().execute(pacer::wake);
      }
    } else {
      beginClosed();
    }
    List<CompletableFuture<Void>> done = drivers.stream().map(Driver::done).toList();
    CompletableFuture.allOf(done.toArray(CompletableFuture<?>[]::new))
        .thenRun(() -> over.complete(null));
    over.whenComplete((nothing, failure) -> queue.add(() -> {}));
  }

  private void beginClosed() {
    long firstMeasured = startNanos + plan.warmup().toNanos();
    long measured =
        plan.amount() instanceof Amount.Time time ? time.duration().toNanos() : FAR_AWAY_NANOS;
    Timing.Closed closed = new Timing.Closed(firstMeasured, firstMeasured + measured);
    timing = closed;
    long given = 0;
    for (int i = 0; i < drivers.size(); i++) {
      Driver driver = drivers.get(i);
      long share = Long.MAX_VALUE;
      if (plan.amount() instanceof Amount.Messages messages) {
        long upTo = messages.count() * (i + 1) / drivers.size();
        share = upTo - given;
        given = upTo;
      }
      long messages = share;
      driver.loop().execute(() -> driver.begin(closed, messages));
    }
  }

  /** Takes slices until the run is over. */
  private void watch() throws InterruptedException {
    long step = plan.interval().toNanos();
    Grid grid = new Grid(startNanos, timing.firstMeasuredNanos(), step);
    long from = startNanos;
    boolean isOver = false;
    while (!isOver) {
      isOver = waitUntil(grid.next(from));
      Interval slice = slice(from);
      from = endNanos(slice);
      if (!isOver && from - timing.endNanos() >= 0) {
        // What is left is often a moment: it is no slice of its own.
        isOver = waitUntil(from + step / 2);
        slice = isOver ? slice.joined(slice(from)) : slice;
      }
      keep(slice);
    }
    if (slicer.totals().hasRest()) {
      // It was over before the warm-up was, or before its last slice was made.
      keep(slicer.cut(drivers, startNanos, from, from));
    }
  }

  private void keep(Interval slice) {
    slicer.totals().keep(slice);
    listener.interval(slice);
  }

  private Interval slice(long from) throws InterruptedException {
    return slicer.cut(drivers, startNanos, from, timing.firstMeasuredNanos());
  }

  private long endNanos(Interval slice) {
    return startNanos + slice.from().plus(slice.length()).toNanos();
  }

  /** Does what the queue holds until a moment; returns whether the run is over. */
  private boolean waitUntil(long nanos) throws InterruptedException {
    while (!over.isDone()) {
      long left = nanos - clock.nanoTime();
      if (left <= 0) {
        return false;
      }
      Runnable next = queue.poll(left, TimeUnit.NANOSECONDS);
      if (next != null) {
        next.run();
      }
    }
    return true;
  }

  private static <T> CompletableFuture<T> onLoop(
      EventLoop loop, Supplier<CompletableFuture<T>> task) {
    return CompletableFuture.supplyAsync(task, loop).thenCompose(stage -> stage);
  }

  private Ending endedHow() {
    Ending told = ending;
    return told != null
        ? told
        : events.connections().made() == 0 ? Ending.UNREACHABLE : Ending.COMPLETE;
  }

  private Histogram missingAges() {
    Histogram ages = Distribution.empty();
    drivers.forEach(driver -> ages.add(driver.meter().missingAges()));
    return ages;
  }

  private DatagramCounts datagrams() {
    return plan.endpoint() instanceof UdpEndpoint
        ? slicer
            .totals()
            .datagrams(drivers.stream().flatMap(Driver::directions).reduce(LossDirections::plus))
        : DatagramCounts.NONE;
  }

  private LoadResult result(Ending how, Histogram missingAges) {
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      next.run();
    }
    long endNanos = drivers.stream().mapToLong(Driver::endNanos).max().orElse(0);
    long measured = !begun ? 0 : endNanos - timing.firstMeasuredNanos();
    Totals totals = slicer.totals();
    return new LoadResult(
        plan,
        HostFacts.of(plan),
        started,
        Duration.ofNanos(Math.max(0, measured)),
        how,
        totals.counts(),
        datagrams(),
        events.connections(),
        totals.times(),
        Distribution.of(missingAges),
        totals.intervals(),
        events.wrongs(),
        totals.verdicts(),
        events.troubles());
  }
}
