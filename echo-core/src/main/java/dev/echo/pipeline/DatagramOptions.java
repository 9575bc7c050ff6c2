package dev.echo.pipeline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;

/** What a UDP socket needs, so that each datagram is read whole. */
final class DatagramOptions {
  /** No datagram is longer, whatever the protocol below. */
  private static final int SLOT_BYTES = 1 << 16;

  private static final int DATAGRAMS_PER_CALL = 8;
  private static final int DATAGRAMS_PER_READ = 16;

  private DatagramOptions() {}

  /**
   * Sets them. With epoll one call reads several datagrams into one buffer, and groups that other
   * programs have joined stay out; a system without this option goes without.
   */
  static void set(Channel channel) {
    ChannelConfig config = channel.config();
    int slots = 1;
    if (channel instanceof EpollDatagramChannel) {
      slots = DATAGRAMS_PER_CALL;
      config.setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, SLOT_BYTES);
      tryOption(config, EpollChannelOption.IP_MULTICAST_ALL, false);
    } else if (channel instanceof IoUringDatagramChannel) {
      config.setOption(IoUringChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 0);
      tryOption(config, IoUringChannelOption.IP_MULTICAST_ALL, false);
    }
    config.setAutoRead(true);
    config.setRecvByteBufAllocator(
        new FixedRecvByteBufAllocator(slots * SLOT_BYTES).maxMessagesPerRead(DATAGRAMS_PER_READ));
  }

  /** Sets an option that an old kernel may lack; the checks of addresses remain. */
  static <T> void tryOption(ChannelConfig config, ChannelOption<T> option, T value) {
    try {
      config.setOption(option, value);
    } catch (RuntimeException e) {
      return;
    }
  }
}
