package dev.echo.server;

import com.sun.management.ThreadMXBean;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.limit.Limits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * Runs a server in a process of its own, since the tests' leak detection allocates for each buffer,
 * and prints how many bytes its event loop allocated for each message once it was warm.
 */
final class ServerAllocationProbe {
  /** What a peer says. */
  enum Kind {
    /** Bare bytes. */
    STREAM,
    /** Frames without stamps. */
    FRAMES,
    /** Frames with stamps, which the server fills. */
    STAMPED
  }

  private static final int PAYLOAD_BYTES = 64;
  private static final int STAMP_BYTES = 32;
  private static final int STAMP_FLAG = 2;
  private static final int WARM_UP = 60_000;
  private static final int ROUNDS = 4;
  private static final int MESSAGES = 10_000;

  private ServerAllocationProbe() {}

  public static void main(String[] args) throws Exception {
    Transport transport = Transport.valueOf(args[0]);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    TcpEndpoint endpoint = TcpEndpoint.of("127.0.0.1", 0);
    ServerBootstrap bootstrap =
        new ServerBootstrap().group(group).channel(transport.listenerType(endpoint));
    EchoServer server =
        EchoServer.builder()
            .limits(Limits.builder().idleTimeout(Duration.ofMinutes(1)).build())
            .listen(bootstrap, endpoint)
            .start()
            .toCompletableFuture()
            .get();
    long loop = group.submit(() -> Thread.currentThread().getId()).get();
    int port = ((TcpEndpoint) server.endpoints().get(0)).port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      Exchange exchange = new Exchange(socket, Kind.valueOf(args[1]));
      exchange.messages(WARM_UP);
      double least = Double.MAX_VALUE;
      // The least, since what is compiled late or swept now and then is no cost of a message.
      for (int i = 0; i < ROUNDS; i++) {
        long before = threads.getThreadAllocatedBytes(loop);
        exchange.messages(MESSAGES);
        least = Math.min(least, (double) (threads.getThreadAllocatedBytes(loop) - before));
      }
      System.out.println("bytes/message " + least / MESSAGES);
    }
    server.close().toCompletableFuture().get();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** One message at a time. */
  private static final class Exchange {
    private final OutputStream out;
    private final DataInputStream in;
    private final byte[] message;
    private final byte[] echo;

    Exchange(Socket socket, Kind kind) throws IOException {
      out = socket.getOutputStream();
      in = new DataInputStream(socket.getInputStream());
      if (kind != Kind.STREAM) {
        out.write(HexFormat.of().parseHex("fe4543484f0d0a01"));
        in.readNBytes(8);
      }
      message =
          switch (kind) {
            case STREAM -> new byte[PAYLOAD_BYTES];
            case FRAMES -> frame(0, PAYLOAD_BYTES);
            case STAMPED -> frame(STAMP_FLAG, STAMP_BYTES + PAYLOAD_BYTES);
          };
      echo = new byte[message.length];
    }

    private static byte[] frame(int flags, int length) {
      return ByteBuffer.allocate(8 + length).putInt(length).put((byte) 0).put((byte) flags).array();
    }

    void messages(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        out.write(message);
        in.readFully(echo);
      }
    }
  }
}
