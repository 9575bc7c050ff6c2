package dev.echo.duplex;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** How much of what was flushed the socket has not taken. One for each connection. */
final class PendingBytes implements ChannelOutboundBuffer.MessageProcessor {
  private long bytes;

  /**
   * Counts them.
   *
   * @param most buffers to look at
   * @return -1 if there are more buffers, or none is left since the output has ended
   */
  long of(Channel channel, int most) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    if (buffer == null || buffer.size() > most) {
      return -1;
    }
    bytes = 0;
    try {
      buffer.forEachFlushedMessage(this);
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes;
  }

  @Override
  public boolean processMessage(Object message) {
    if (message instanceof ByteBuf left) {
      bytes += left.readableBytes();
    }
    return true;
  }
}
