package dev.echo.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what an observer throws. Thread-safe if the observer is. */
final class GuardedObserver implements EchoObserver {
  private static final Logger logger = LoggerFactory.getLogger(EchoObserver.class);

  private final EchoObserver observer;
  private final OncePerSecond warnings = new OncePerSecond();

  GuardedObserver(EchoObserver observer) {
    this.observer = observer;
  }

  /** Runs one method of it, and logs what it throws, errors too: the server goes on. */
  @SuppressWarnings("CatchingUnchecked")
  private void call(String method, Runnable body) {
    try {
      body.run();
    } catch (Throwable thrown) {
      if (warnings.pass()) {
        logger.warn("the observer failed in its method {}; the server goes on", method, thrown);
      }
    }
  }

  @Override
  public void accepted(Channel connection) {
    call("accepted", () -> observer.accepted(connection));
  }

  @Override
  public void refused(@Nullable SocketAddress remote, Refusal why) {
    call("refused", () -> observer.refused(remote, why));
  }

  @Override
  public void received(Channel connection, ByteBuf content) {
    call("received", () -> observer.received(connection, content));
  }

  @Override
  public void datagramReceived(Channel listener, InetSocketAddress source, ByteBuf content) {
    call("datagramReceived", () -> observer.datagramReceived(listener, source, content));
  }

  @Override
  public void datagramEchoed(Channel listener, InetSocketAddress target, long bytes) {
    call("datagramEchoed", () -> observer.datagramEchoed(listener, target, bytes));
  }

  @Override
  public void echoed(Channel connection, long bytes) {
    call("echoed", () -> observer.echoed(connection, bytes));
  }

  @Override
  public void ended(Channel connection, String why) {
    call("ended", () -> observer.ended(connection, why));
  }

  @Override
  public void failed(Channel connection, Throwable cause) {
    call("failed", () -> observer.failed(connection, cause));
  }

  @Override
  public void closed(Channel connection) {
    call("closed", () -> observer.closed(connection));
  }
}
