package dev.echo.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** How messages become what the pipeline writes, and how what it reads is verified. */
sealed interface Dialect permits FramesDialect, StreamDialect {
  /** What is known about the other side; any thread. */
  Peer peer();

  /**
   * Writes the next piece of a message, without a flush, and expects it back.
   *
   * @param piece not empty; this method takes ownership
   * @throws IllegalArgumentException if it must not be sent; nothing of it was, and it is released
   */
  void write(ChannelHandlerContext ctx, Message message, ByteBuf piece);

  /** Ends a message. */
  void end(ChannelHandlerContext ctx, Message message);

  /** Verifies what the pipeline read. The caller releases it. */
  void read(Object received) throws EchoException;

  /** Says what a failure of the pipeline means for the echo, or null if it is not about it. */
  @Nullable EchoException explain(Throwable cause);

  /** Releases what is held. */
  void release();
}
