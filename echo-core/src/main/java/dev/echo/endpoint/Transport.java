package dev.echo.endpoint;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandle;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of Netty's transports moves the bytes. */
public enum Transport {
  /** The JDK's selectors: everywhere. */
  NIO,
  /** Linux, with Netty's native library on the class path. */
  EPOLL,
  /** Linux with io_uring enabled, with Netty's native library on the class path. */
  IO_URING,
  /** macOS and the BSDs, with Netty's native library on the class path. */
  KQUEUE;

  /**
   * How many sockets a loop deals with between two waits, so that what it touched of each in the
   * kernel is still in the processor's cache when it comes to it again.
   */
  private static final int EVENTS_AT_ONCE = 256;

  /**
   * The transport that is used when nobody asks for another: epoll or kqueue where it is there,
   * else NIO.
   *
   * @return an available transport
   */
  public static Transport best() {
    return EPOLL.isAvailable() ? EPOLL : KQUEUE.isAvailable() ? KQUEUE : NIO;
  }

  /**
   * Says whether this transport works on this machine with what is on the class path.
   *
   * @return true if it can be used
   */
  public boolean isAvailable() {
    return unavailability() == null;
  }

  /**
   * Says why this transport cannot be used.
   *
   * @return the cause, or null if it can be used
   */
  public @Nullable Throwable unavailability() {
    return switch (this) {
      case NIO -> null;
      case EPOLL -> Epoll.unavailabilityCause();
      case IO_URING -> IoUring.unavailabilityCause();
      case KQUEUE -> KQueue.unavailabilityCause();
    };
  }

  /**
   * Makes what drives an event loop of this transport.
   *
   * @return a factory for {@code MultiThreadIoEventLoopGroup}
   */
  public IoHandlerFactory ioHandlers() {
    return switch (this) {
      case NIO -> NioIoHandler.newFactory();
      case EPOLL ->
          EpollIoHandler.newFactory(EVENTS_AT_ONCE, DefaultSelectStrategyFactory.INSTANCE);
      case IO_URING -> IoUringIoHandler.newFactory();
      case KQUEUE -> KQueueIoHandler.newFactory();
    };
  }

  /**
   * The transport of an event loop group.
   *
   * @param group of a bootstrap
   * @return its transport; NIO if it is of none that is known here
   */
  public static Transport of(EventLoopGroup group) {
    if (group instanceof IoEventLoopGroup loops) {
      for (Transport each : values()) {
        if (loops.isCompatible(each.handleType())) {
          return each;
        }
      }
    }
    return NIO;
  }

  private Class<? extends IoHandle> handleType() {
    return switch (this) {
      case NIO -> NioIoHandle.class;
      case EPOLL -> EpollIoHandle.class;
      case IO_URING -> IoUringIoHandle.class;
      case KQUEUE -> KQueueIoHandle.class;
    };
  }

  /**
   * The class of a listener's channel.
   *
   * @param endpoint where it listens; not UDP, which has no listener: see {@link #channels}
   * @return for {@code ServerBootstrap.channel}
   * @throws IllegalArgumentException if it is a UDP endpoint
   */
  public Class<? extends ServerChannel> listenerType(Endpoint endpoint) {
    if (endpoint instanceof UdpEndpoint) {
      throw new IllegalArgumentException("endpoint: " + endpoint + " (expected: not UDP)");
    }
    boolean isUnix = endpoint instanceof UnixEndpoint;
    return switch (this) {
      case NIO -> isUnix ? NioServerDomainSocketChannel.class : NioServerSocketChannel.class;
      case EPOLL -> isUnix ? EpollServerDomainSocketChannel.class : EpollServerSocketChannel.class;
      case IO_URING ->
          isUnix ? IoUringServerDomainSocketChannel.class : IoUringServerSocketChannel.class;
      case KQUEUE ->
          isUnix ? KQueueServerDomainSocketChannel.class : KQueueServerSocketChannel.class;
    };
  }

  /**
   * Makes connections, or UDP sockets as {@link #datagramChannels} does.
   *
   * @param endpoint where to, or for UDP also where from
   * @return for {@code Bootstrap.channelFactory}
   */
  public ChannelFactory<? extends Channel> channels(Endpoint endpoint) {
    return endpoint instanceof UdpEndpoint
        ? datagramChannels()
        : new ReflectiveChannelFactory<>(channelType(endpoint));
  }

  /**
   * The class of a connection's channel.
   *
   * @param endpoint where to; not UDP, whose channels have to be made by {@link #channels}
   * @return for {@code Bootstrap.channel}
   * @throws IllegalArgumentException if it is a UDP endpoint
   */
  public Class<? extends Channel> channelType(Endpoint endpoint) {
    if (endpoint instanceof UdpEndpoint) {
      throw new IllegalArgumentException("endpoint: " + endpoint + " (expected: not UDP)");
    }
    if (endpoint instanceof UnixEndpoint) {
      return unixChannelType();
    }
    return switch (this) {
      case NIO -> NioSocketChannel.class;
      case EPOLL -> EpollSocketChannel.class;
      case IO_URING -> IoUringSocketChannel.class;
      case KQUEUE -> KQueueSocketChannel.class;
    };
  }

  private Class<? extends Channel> unixChannelType() {
    return switch (this) {
      case NIO -> NioDomainSocketChannel.class;
      case EPOLL -> EpollDomainSocketChannel.class;
      case IO_URING -> IoUringDomainSocketChannel.class;
      case KQUEUE -> KQueueDomainSocketChannel.class;
    };
  }

  /**
   * Makes UDP sockets whose channels read each datagram whole, and several with one call where this
   * transport can.
   *
   * @return for {@code Bootstrap.channelFactory}; with another one {@link EmptyDatagramHandler}
   *     cannot send over NIO
   */
  public ChannelFactory<DatagramChannel> datagramChannels() {
    return switch (this) {
      case NIO -> NioDatagrams::open;
      case EPOLL -> EpollDatagramChannel::new;
      case IO_URING -> IoUringDatagramChannel::new;
      case KQUEUE -> KQueueDatagramChannel::new;
    };
  }

  /**
   * The address of a Unix domain socket, which is of another class with NIO.
   *
   * @param endpoint names its file
   * @return for {@code bind} and {@code connect} of this transport's channels
   */
  public SocketAddress address(UnixEndpoint endpoint) {
    return this == NIO
        ? UnixDomainSocketAddress.of(endpoint.path())
        : new DomainSocketAddress(endpoint.path().toString());
  }

  /** The name as it is written on a command line: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
