package dev.echo.load;

import dev.echo.client.BareConnection;
import dev.echo.client.LossDirections;
import dev.echo.client.UnreachableException;
import dev.echo.duplex.SystemFailure;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.payload.DatagramFollower;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One UDP socket of the plan: its flow, and the channel that carries it. Gives up what does not
 * come back within the timeout, so that loss holds up nothing. Event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Timers that are not needed any more do nothing.
final class DatagramLane implements Carrier, DatagramLink.Owner {
  private enum State {
    IDLE,
    OPEN,
    FINISHING,
    OVER
  }

  /** How long copies are looked for behind the last echo. */
  private static final long GRACE_MILLIS = 100;

  /** A timer that is so late had no loop: this process was stopped. */
  private static final long STOPPED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final LoadPlan plan;
  private final UdpEndpoint endpoint;
  private final DatagramFlow flow;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final Driver driver;
  private final long timeoutNanos;
  private final CompletableFuture<Void> triedOnce = new CompletableFuture<>();
  private State state = State.IDLE;
  private @Nullable DatagramLink link;
  private boolean touched;
  private boolean hasTimer;
  private long timerNanos;

  /** A trouble was told, and nothing came since. */
  private boolean isTroubled;

  private long answersBefore;

  DatagramLane(LoadPlan plan, DatagramFlow flow, EventLoop loop, Bootstrap socket, Driver driver) {
    this.plan = plan;
    this.endpoint = (UdpEndpoint) plan.endpoint();
    this.flow = flow;
    this.loop = loop;
    this.bootstrap = socket.clone(loop);
    this.driver = driver;
    timeoutNanos = plan.timeout().toNanos();
  }

  @Override
  public int connection() {
    return flow.connection();
  }

  @Override
  public CompletableFuture<Void> triedOnce() {
    return triedOnce;
  }

  @Override
  public void connect() {
    BareConnection.datagrams(
            bootstrap, endpoint, plan.connectTimeout(), () -> new DatagramLink(flow, this))
        .whenComplete(
            (channel, failure) -> {
              if (loop.inEventLoop()) {
                tried(channel, failure);
              } else {
                loop.execute(() -> tried(channel, failure));
              }
            });
  }

  private void tried(@Nullable Channel channel, @Nullable Throwable failure) {
    if (channel == null) {
      if (failure instanceof UnreachableException told) {
        driver.events().unreachable(flow.connection(), told);
      } else {
        driver.events().unreachable(flow.connection(), SystemFailure.words(failure));
      }
    } else if (state == State.OVER) {
      channel.close();
    } else {
      state = State.OPEN;
      link = channel.pipeline().get(DatagramLink.class);
      driver.events().connected();
      go();
    }
    triedOnce.complete(null);
  }

  @Override
  public void begin() {}

  @Override
  public void due() {
    flow.due();
  }

  @Override
  public void alwaysDue() {
    flow.alwaysDue();
  }

  @Override
  public void stopSending() {
    flow.stopSending();
  }

  @Override
  public void countHeld(Recording recording) {
    if (state != State.OPEN || link == null) {
      recording.count(Count.HELD_BY_CONNECTION);
    } else if (flow.isOverCap()) {
      recording.count(Count.HELD_BY_CAP);
    } else if (!link.isWritable()) {
      recording.count(Count.HELD_BY_SOCKET);
    }
  }

  @Override
  public boolean touch() {
    boolean first = !touched;
    touched = true;
    return first;
  }

  @Override
  public void go() {
    touched = false;
    if (state == State.OPEN && link != null) {
      link.send();
      await();
    }
  }

  /** Wakes when the oldest datagram that is under way is to be given up. */
  private void await() {
    DatagramFollower follower = flow.follower();
    if (!hasTimer && follower.open() > 0) {
      hasTimer = true;
      wakeAt(follower.sentNanos(follower.oldestOpen()) + timeoutNanos);
    }
  }

  private void wakeAt(long nanos) {
    long now = loop.ticker().nanoTime();
    timerNanos = Math.max(now, nanos);
    loop.schedule(this::giveUp, Math.max(1, timerNanos - now), TimeUnit.NANOSECONDS);
  }

  private void giveUp() {
    long now = loop.ticker().nanoTime();
    if (now - timerNanos > STOPPED_NANOS) {
      // What came meanwhile is read first.
      wakeAt(now + STOPPED_NANOS);
      return;
    }
    hasTimer = false;
    if (state == State.OPEN) {
      flow.follower().giveUpBefore(loop.ticker().nanoTime() - timeoutNanos);
      go();
      driver.changed(this);
    }
  }

  @Override
  public boolean isSettled() {
    return flow.isSettled();
  }

  @Override
  public void finish() {
    if (state == State.OPEN) {
      state = State.FINISHING;
      loop.schedule(this::stop, GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } else if (state == State.IDLE) {
      stop();
    }
  }

  @Override
  public void stop() {
    if (state == State.OVER) {
      return;
    }
    state = State.OVER;
    if (link != null) {
      link.close();
    }
    driver.over();
  }

  @Override
  public long missing(long endNanos) {
    return flow.missing(endNanos);
  }

  @Override
  public boolean isSilent() {
    return flow.isSilent();
  }

  @Override
  public Optional<LossDirections> directions() {
    return flow.directions();
  }

  // What the socket sees.

  @Override
  public void readComplete() {
    if (flow.answers() > answersBefore) {
      answersBefore = flow.answers();
      driver.progress();
      isTroubled = false;
    }
    if (state == State.OPEN) {
      driver.answer(this);
      driver.changed(this);
    }
  }

  /** Told once until something comes; where nothing ever came, nobody is there. */
  @Override
  public void refused(Throwable cause) {
    if (isTroubled || state == State.OVER) {
      return;
    }
    isTroubled = true;
    if (flow.answers() == 0) {
      driver.events().neverMade(flow.connection(), sentence(cause));
      stop();
    } else {
      driver.events().unreachable(flow.connection(), sentence(cause));
    }
  }

  private String sentence(Throwable cause) {
    return SystemFailure.of(cause) == SystemFailure.ECONNREFUSED
        ? "refused: nobody listens at " + endpoint + " (ICMP port unreachable)"
        : "cannot send to " + endpoint + ": " + SystemFailure.words(cause);
  }
}
