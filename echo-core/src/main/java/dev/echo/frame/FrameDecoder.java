package dev.echo.frame;

import io.netty.channel.ChannelInboundHandlerAdapter;

/** Reads frames. */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
  /** Makes a decoder. */
  public FrameDecoder() {}
}
