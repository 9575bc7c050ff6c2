package dev.echo.echo;

import dev.echo.frame.DatagramFrame;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a datagram that carries a frame its own answer, in place: the preface of a server, and what
 * a server fills into a stamp; the time of sending just before the flush, or just before the write
 * of what is not direct memory, since a transport copies that. Every other datagram passes as it
 * is. Directly before the echo. One for each listener.
 */
public final class DatagramFramesHandler extends ChannelDuplexHandler {
  private final StampClock clock = new StampClock();
  private final SourceCounts counts = new SourceCounts();
  private final List<ByteBuf> stamped = new ArrayList<>();

  /** Makes the handler of one listener. */
  public DatagramFramesHandler() {}

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof DatagramPacket packet && DatagramFrame.isRequest(packet.content())) {
      ByteBuf content = packet.content();
      DatagramFrame.answer(content);
      if (DatagramFrame.hasStamp(content)) {
        long now = clock.nanos();
        Stamp.fillReceived(
            content, DatagramFrame.stampIndex(content), now, counts.next(packet.sender(), now));
        stamped.add(content.retain());
        if (!content.isDirect()) {
          fillSent();
        }
      }
    }
    ctx.fireChannelRead(msg);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    fillSent();
    ctx.flush();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    fillSent();
  }

  private void fillSent() {
    if (!stamped.isEmpty()) {
      long now = clock.nanos();
      for (ByteBuf each : stamped) {
        Stamp.fillSent(each, DatagramFrame.stampIndex(each), now);
        each.release();
      }
      stamped.clear();
    }
  }
}
