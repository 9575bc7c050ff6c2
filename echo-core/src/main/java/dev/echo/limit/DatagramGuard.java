package dev.echo.limit;

import dev.echo.frame.DatagramFrame;
import dev.echo.metrics.Refusal;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Drops datagrams whose echo could start a loop or hit a bystander: from ports of services
 * (CVE-1999-0103, CVE-2024-2169), from ports of this server's own, answers of other servers,
 * multicast and broadcast; and those of sources that may not use the server. In front of everything
 * that would spend something on a datagram. One for each listener.
 */
public final class DatagramGuard extends ChannelInboundHandlerAdapter {
  private static final int FIRST_FREE_PORT = 1024;
  private static final int NFS_PORT = 2049;

  private final AccessList access;
  private final OwnPorts ownPorts;
  private final DatagramRefusals refusals;
  private final Broadcasts broadcasts = Broadcasts.ofThisMachine();

  /**
   * Makes the guard of one listener.
   *
   * @param access who may use the server
   * @param ownPorts the ports of the server; the listener's own joins them
   * @param refusals is told
   */
  public DatagramGuard(AccessList access, OwnPorts ownPorts, DatagramRefusals refusals) {
    this.access = access;
    this.ownPorts = ownPorts;
    this.refusals = refusals;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (ctx.channel().localAddress() instanceof InetSocketAddress local) {
      ownPorts.add(local.getPort());
    }
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof DatagramPacket packet) {
      Refusal refusal = check(packet);
      if (refusal != null) {
        refusals.refused(packet.sender(), refusal);
        packet.release();
        return;
      }
    }
    ctx.fireChannelRead(msg);
  }

  private @Nullable Refusal check(DatagramPacket packet) {
    int port = packet.sender().getPort();
    if (port < FIRST_FREE_PORT || port == NFS_PORT) {
      return Refusal.SERVICE_PORT;
    }
    if (ownPorts.contains(port)) {
      return Refusal.OWN_PORT;
    }
    InetAddress source = packet.sender().getAddress();
    if (source.isAnyLocalAddress() || reachesMany(source) || isForMany(packet.recipient())) {
      return Refusal.NOT_UNICAST;
    }
    if (!access.allows(source)) {
      return Refusal.NOT_ALLOWED;
    }
    return DatagramFrame.isFromServer(packet.content()) ? Refusal.ANSWER : null;
  }

  /** Where the transport does not show the destination, it says the listener's own address. */
  private boolean isForMany(@Nullable InetSocketAddress destination) {
    return destination != null
        && destination.getAddress() != null
        && reachesMany(destination.getAddress());
  }

  private boolean reachesMany(InetAddress address) {
    return address.isMulticastAddress() || broadcasts.contains(address);
  }
}
