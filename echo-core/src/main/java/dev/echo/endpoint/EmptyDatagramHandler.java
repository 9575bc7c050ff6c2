package dev.echo.endpoint;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Sends empty datagrams at once, past the channel: Netty's NIO and epoll channels say that they
 * have sent them and do not, and epoll's, when it sends several with one call, sends another one
 * twice for each empty one among them. A connected socket of the JDK cannot send any. Next to the
 * socket. Sharable.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // The future is the writer's promise.
public final class EmptyDatagramHandler extends ChannelOutboundHandlerAdapter {
  /** Has no state: one for all sockets. */
  public static final EmptyDatagramHandler INSTANCE = new EmptyDatagramHandler();

  private EmptyDatagramHandler() {}

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg instanceof DatagramPacket packet && !packet.content().isReadable()) {
      send(ctx.channel(), packet.recipient(), promise);
      packet.release();
    } else if (msg instanceof ByteBuf content
        && !content.isReadable()
        && ctx.channel().remoteAddress() instanceof InetSocketAddress remote) {
      send(ctx.channel(), remote, promise);
      ReferenceCountUtil.release(content);
    } else {
      ctx.write(msg, promise);
    }
  }

  private static void send(Channel channel, InetSocketAddress target, ChannelPromise promise) {
    DatagramChannel socket =
        channel.hasAttr(NioDatagrams.SOCKET) ? channel.attr(NioDatagrams.SOCKET).get() : null;
    try {
      if (socket != null && !socket.isConnected()) {
        socket.send(ByteBuffer.allocate(0), target);
      } else if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket descriptor) {
        ByteBuffer nothing = ByteBuffer.allocateDirect(1);
        descriptor.sendTo(nothing, 0, 0, target.getAddress(), target.getPort());
      } else {
        throw new IOException("this channel cannot send an empty datagram");
      }
      promise.trySuccess();
    } catch (IOException e) {
      promise.tryFailure(e);
    }
  }
}
