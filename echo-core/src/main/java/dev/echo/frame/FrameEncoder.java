package dev.echo.frame;

import io.netty.channel.ChannelOutboundHandlerAdapter;

/** Writes frames. */
public final class FrameEncoder extends ChannelOutboundHandlerAdapter {
  /** Makes an encoder. */
  public FrameEncoder() {}
}
