package dev.echo.endpoint;

import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.nio.channels.DatagramChannel;

/** UDP sockets of the JDK, which stay reachable behind their Netty channels. */
final class NioDatagrams {
  static final AttributeKey<DatagramChannel> SOCKET =
      AttributeKey.valueOf(NioDatagrams.class, "socket");

  private NioDatagrams() {}

  static NioDatagramChannel open() {
    try {
      DatagramChannel socket = DatagramChannel.open();
      NioDatagramChannel channel = new NioDatagramChannel(socket);
      channel.attr(SOCKET).set(socket);
      return channel;
    } catch (IOException e) {
      throw new ChannelException("cannot open a UDP socket", e);
    }
  }
}
