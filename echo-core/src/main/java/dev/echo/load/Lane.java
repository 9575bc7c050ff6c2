package dev.echo.load;

import dev.echo.client.BareConnection;
import dev.echo.client.ClientMode;
import dev.echo.client.UnreachableException;
import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.EndSign;
import dev.echo.duplex.SystemFailure;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.payload.WrongEcho;
import dev.echo.text.EscapedText;
import dev.echo.text.ExitStatus;
import dev.echo.text.PeerGreeting;
import dev.echo.tls.TlsException;
import dev.echo.tls.TlsProblem;
import dev.echo.verify.Verdict;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the plan: its flow, and the link that carries it at the moment. Makes the link,
 * and makes it again when it is lost. Event loop only.
 */
final class Lane implements Carrier, Link.Owner {
  private enum State {
    IDLE,
    CONNECTING,
    OPEN,
    FINISHING,
    OVER
  }

  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  /** An answer that agrees with the preface in so many bytes is a damaged echo. */
  private static final int RESEMBLANCE_BYTES = 3;

  private static final int SHOWN_CHARACTERS = 80;

  private final LoadPlan plan;
  private final Flow flow;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final Driver driver;
  private final CompletableFuture<Void> triedOnce = new CompletableFuture<>();
  private State state = State.IDLE;
  private @Nullable Link link;
  private boolean touched;
  private boolean begun;

  /** Between a failed attempt to connect, or a loss, and the next attempt. */
  private boolean pausing;

  private long pauseMillis = FIRST_PAUSE_MILLIS;

  Lane(LoadPlan plan, Flow flow, EventLoop loop, Bootstrap bootstrap, Driver driver) {
    this.plan = plan;
    this.flow = flow;
    this.loop = loop;
    this.bootstrap = bootstrap.clone(loop);
    this.driver = driver;
  }

  @Override
  public int connection() {
    return flow.connection();
  }

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
  public boolean isSettled() {
    return flow.isSettled();
  }

  @Override
  public long missing(long endNanos) {
    return flow.missing(endNanos);
  }

  @Override
  public boolean touch() {
    boolean first = !touched;
    touched = true;
    return first;
  }

  @Override
  public CompletableFuture<Void> triedOnce() {
    return triedOnce;
  }

  @Override
  public void connect() {
    state = State.CONNECTING;
    BareConnection.open(
            bootstrap,
            plan.endpoint(),
            plan.front(),
            plan.connectTimeout(),
            () ->
                plan.mode() == ClientMode.FRAMES
                    ? Link.frames(flow, this)
                    : Link.stream(flow, this))
        .whenComplete(
            (channel, failure) -> {
              if (loop.inEventLoop()) {
                tried(channel, failure);
              } else {
                loop.execute(() -> tried(channel, failure));
              }
            });
  }

  private void unreachable(@Nullable Throwable failure) {
    if (failure instanceof UnreachableException told) {
      driver.events().unreachable(flow.connection(), told);
    } else {
      driver.events().unreachable(flow.connection(), SystemFailure.words(failure));
    }
  }

  private void tried(@Nullable Channel channel, @Nullable Throwable failure) {
    if (state == State.OVER) {
      if (channel != null) {
        channel.close();
      }
    } else if (channel == null) {
      state = State.IDLE;
      unreachable(failure);
      if (begun) {
        connectLater();
        driver.changed(this);
      }
    } else {
      opened(channel.pipeline().get(Link.class));
    }
    triedOnce.complete(null);
  }

  private void opened(Link opened) {
    state = State.OPEN;
    link = opened;
    pauseMillis = FIRST_PAUSE_MILLIS;
    driver.events().connected();
    Recording recording = driver.meter().recording();
    recording.time(Measure.CONNECT, opened.connectNanos());
    if (opened.handshakeNanos() > 0) {
      recording.time(Measure.HANDSHAKE, opened.handshakeNanos());
    }
    flow.connected(opened.firstPeer());
    opened.send();
    driver.changed(this);
  }

  private void connectLater() {
    pausing = true;
    loop.schedule(this::connectAgain, pauseMillis, TimeUnit.MILLISECONDS);
    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
  }

  private void connectAgain() {
    pausing = false;
    if (state == State.IDLE) {
      connect();
    }
  }

  // What the driver says.

  /** A connection that could not be made so far is tried again from now on. */
  @Override
  public void begin() {
    begun = true;
    if (plan.connectionUse() == ConnectionUse.KEEP && state == State.IDLE) {
      connectLater();
    }
  }

  @Override
  public void countHeld(Recording recording) {
    Link current = link;
    boolean canConnect = plan.connectionUse() == ConnectionUse.ONE_MESSAGE && state == State.IDLE;
    if (current == null || state != State.OPEN) {
      if (!canConnect) {
        recording.count(Count.HELD_BY_CONNECTION);
      }
    } else if (flow.isOverCap()) {
      recording.count(Count.HELD_BY_CAP);
    } else if (!current.isWritable()) {
      recording.count(Count.HELD_BY_SOCKET);
    }
  }

  @Override
  public void go() {
    touched = false;
    if (state == State.OPEN && link != null) {
      link.send();
    } else if (state == State.IDLE
        && !pausing
        && plan.connectionUse() == ConnectionUse.ONE_MESSAGE
        && flow.hasDue()) {
      connect();
    }
  }

  @Override
  public void finish() {
    if (state == State.OPEN && link != null) {
      state = State.FINISHING;
      link.finish();
    } else if (state == State.IDLE) {
      over();
    }
  }

  @Override
  public void stop() {
    if (state != State.OVER) {
      over();
    }
    if (link != null) {
      link.close();
    }
  }

  private void over() {
    state = State.OVER;
    driver.over();
  }

  // What the link sees.

  @Override
  public void readComplete(Link read) {
    driver.progress();
    if (state != State.OPEN) {
      return;
    }
    EndSign ending = flow.ending();
    if (ending != null) {
      read.close(ending);
    } else if (plan.connectionUse() == ConnectionUse.ONE_MESSAGE
        && read.hasSent()
        && flow.inFlight() == 0) {
      state = State.FINISHING;
      read.finish();
    } else {
      driver.answer(this);
      driver.changed(this);
    }
  }

  @Override
  public void notEcho(Link read, int agreed, byte[] first) {
    String shown = EscapedText.of(Unpooled.wrappedBuffer(first), SHOWN_CHARACTERS);
    String answered = PeerGreeting.named(first, shown);
    boolean damaged = agreed >= RESEMBLANCE_BYTES;
    Verdict verdict = damaged ? Verdict.FRAMING_LOST : Verdict.NOT_ECHO;
    String what =
        damaged
            ? "the preface came back damaged: " + shown
            : "what answers is no echo: " + answered;
    long sequence = flow.follower().nextSequence();
    flow.surplus(
        new WrongEcho(flow.connection(), sequence, verdict, agreed, 0, what),
        loop.ticker().nanoTime());
    if (!damaged) {
      driver.events().lost(flow.connection(), ExitStatus.WRONG, answered, read.end());
      stop();
    } else {
      read.close();
    }
  }

  @Override
  public void inputEnded(Link read) {
    read.close();
  }

  @Override
  public void closed(Link closed, @Nullable Throwable cause) {
    long outstanding = flow.inFlight();
    EndSign ending = flow.ending();
    ConnectionEnd end = ending == null ? closed.end() : closed.end(ending);
    if (cause != null && Losses.status(cause) == ExitStatus.WRONG) {
      long sequence = flow.follower().nextSequence();
      flow.surplus(Losses.wrong(flow.connection(), sequence, cause), loop.ticker().nanoTime());
    }
    flow.disconnected();
    if (link != closed) {
      return;
    }
    link = null;
    if (state == State.OPEN) {
      if (cause instanceof TlsException tls && tls.problem() == TlsProblem.CLIENT_CERTIFICATE) {
        // In TLS 1.3 the server judges it after the handshake; there never was a connection.
        driver.events().unreachable(flow.connection(), "tls: " + tls.getMessage());
      } else {
        String why = Losses.sentence(outstanding, end);
        driver.events().lost(flow.connection(), Losses.status(cause), why, end);
      }
      state = State.IDLE;
      again();
    } else if (state == State.FINISHING) {
      state = State.IDLE;
      if (plan.connectionUse() == ConnectionUse.ONE_MESSAGE) {
        go();
      }
    }
    driver.changed(this);
  }

  private void again() {
    if (plan.connectionUse() == ConnectionUse.KEEP || flow.hasDue()) {
      connectLater();
    }
  }
}
