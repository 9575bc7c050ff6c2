package dev.echo.limit;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Decides on a connection once a proxy has named its caller, which it learns by {@code
 * channelActive}. Admitted, it leaves; refused, the connection is closed and nothing of it passes.
 * It stands behind the stage that reads the PROXY header. Sharable.
 */
@Sharable
public final class AdmissionHandler extends ChannelInboundHandlerAdapter {
  private final Admission admission;

  /**
   * Makes a handler for any number of connections.
   *
   * @param admission decides
   */
  public AdmissionHandler(Admission admission) {
    this.admission = admission;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (admission.admitsCaller(ctx.channel())) {
      ctx.pipeline().remove(this);
      ctx.fireChannelActive();
    } else {
      ctx.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ReferenceCountUtil.release(msg);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    ReferenceCountUtil.release(evt);
  }

  /** Nobody behind was told that it had begun. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {}

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {}
}
