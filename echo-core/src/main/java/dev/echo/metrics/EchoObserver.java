package dev.echo.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sees what a server's connections do, and changes nothing. {@link #refused} is called on the
 * listener's or the connection's event loop, everything else on the connection's; an implementation
 * that is given to a server must bear calls from several loops at once, and must neither block nor
 * throw: what it throws reaches the handler that called it.
 */
public interface EchoObserver {
  /** Sees nothing; the pipeline then has no stage for it. */
  EchoObserver NONE = new EchoObserver() {};

  /**
   * A connection is up.
   *
   * @param connection stays valid as a key until {@link #closed}
   */
  default void accepted(Channel connection) {}

  /**
   * A connection was closed right after it was accepted, or after its PROXY header.
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
   * Bytes were handed to be written, answers and ERROR frames of the server's own included.
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
