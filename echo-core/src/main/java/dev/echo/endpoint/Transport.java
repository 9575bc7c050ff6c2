package dev.echo.endpoint;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
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
      case EPOLL -> EpollIoHandler.newFactory();
      case IO_URING -> IoUringIoHandler.newFactory();
      case KQUEUE -> KQueueIoHandler.newFactory();
    };
  }

  /**
   * The class of a TCP listener's channel.
   *
   * @return for {@code ServerBootstrap.channel}
   */
  public Class<? extends ServerChannel> listenerType() {
    return switch (this) {
      case NIO -> NioServerSocketChannel.class;
      case EPOLL -> EpollServerSocketChannel.class;
      case IO_URING -> IoUringServerSocketChannel.class;
      case KQUEUE -> KQueueServerSocketChannel.class;
    };
  }

  /**
   * The class of a TCP connection's channel.
   *
   * @return for {@code Bootstrap.channel}
   */
  public Class<? extends SocketChannel> channelType() {
    return switch (this) {
      case NIO -> NioSocketChannel.class;
      case EPOLL -> EpollSocketChannel.class;
      case IO_URING -> IoUringSocketChannel.class;
      case KQUEUE -> KQueueSocketChannel.class;
    };
  }

  /** The name as it is written on a command line: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
