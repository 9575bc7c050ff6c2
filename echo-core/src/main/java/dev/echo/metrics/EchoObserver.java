package dev.echo.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sees what a server's connections and datagrams do, and changes nothing. {@link #refused} is
 * called on the listener's or the connection's event loop, what is about datagrams on the
 * listener's, everything else on the connection's; an implementation that is given to a server must
 * bear calls from several loops at once, and must not block. What it throws is logged, at most once
 * a second, and changes nothing else.
 */
public interface EchoObserver {
  /** Sees nothing; the pipeline then has no stage for it. */
  EchoObserver NONE = new EchoObserver() {};

  /**
   * Has an observer's failures logged instead of thrown: it is the code of others, and runs amid
   * what must not be left half done.
   *
   * @param observer may throw
   * @return throws nothing; the same if it is {@link #NONE} or guarded already
   */
  static EchoObserver guarded(EchoObserver observer) {
    Objects.requireNonNull(observer, "observer (expected: one, or EchoObserver.NONE)");
    return observer == NONE || observer instanceof GuardedObserver
        ? observer
        : new GuardedObserver(observer);
  }

  /**
   * A connection is up.
   *
   * @param connection stays valid as a key until {@link #closed}
   */
  default void accepted(Channel connection) {}

  /**
   * A connection was closed right after it was accepted, or after its PROXY header, or a datagram
   * was not echoed.
   *
   * @param remote who asked; null if the peer had gone already
   * @param why what stood against it
   */
  default void refused(@Nullable SocketAddress remote, Refusal why) {}

  /**
   * Bytes were read.
   *
   * @param connection where
   * @param content borrowed: not to be kept, changed, or moved in
   */
  default void received(Channel connection, ByteBuf content) {}

  /**
   * A datagram was read; it may still be refused.
   *
   * @param listener where
   * @param source who sent it, or seems to have
   * @param content borrowed: not to be kept, changed, or moved in
   */
  default void datagramReceived(Channel listener, InetSocketAddress source, ByteBuf content) {}

  /**
   * A datagram was handed to be written.
   *
   * @param listener where
   * @param target who gets it
   * @param bytes how many, 0 or more
   */
  default void datagramEchoed(Channel listener, InetSocketAddress target, long bytes) {}

  /**
   * Bytes of an echo were handed to be written: what was read, as it goes back, with the headers of
   * its frames and with the answer to a preface. What the server says by itself is none: answers to
   * HTTP and WHOAMI, ERROR and close frames.
   *
   * @param connection where
   * @param bytes how many, 1 or more
   */
  default void echoed(Channel connection, long bytes) {}

  /**
   * The server ends the connection before its peer did.
   *
   * @param connection where
   * @param why a sentence for a person
   */
  default void ended(Channel connection, String why) {}

  /**
   * The connection failed; it is closed next.
   *
   * @param connection where
   * @param cause what was thrown; mostly an {@code IOException}, as when the peer reset it
   */
  default void failed(Channel connection, Throwable cause) {}

  /**
   * The connection is gone.
   *
   * @param connection where
   */
  default void closed(Channel connection) {}
}
