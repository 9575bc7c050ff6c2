package dev.echo.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * The other side of a connection: does what a test says, blocking, be it well behaved or not.
 * Reading gives up after {@value PeerConnection#TIMEOUT_MILLIS} ms without a byte.
 */
public final class Peer implements AutoCloseable {
  private final PeerConnection connection;

  /**
   * Takes a connection.
   *
   * @param connection is closed with this peer
   */
  public Peer(PeerConnection connection) {
    this.connection = connection;
  }

  /**
   * Connects over TCP, with the system's own receive buffer.
   *
   * @param port on 127.0.0.1
   */
  public Peer(int port) throws IOException {
    this(tcp(port, 0));
  }

  /**
   * Connects over TCP.
   *
   * @param port on 127.0.0.1
   * @param receiveBufferBytes the kernel's receive buffer: small for a peer that is not to read; 0
   *     for the system's own
   * @return the connection
   */
  public static PeerConnection tcp(int port, int receiveBufferBytes) throws IOException {
    Socket socket = PeerConnection.socket(port, receiveBufferBytes);
    return PeerConnection.of(socket, socket);
  }

  /**
   * Sends bytes, and waits for the kernel to take them.
   *
   * @param bytes what to send
   * @return this
   */
  public Peer send(byte... bytes) throws IOException {
    connection.out().write(bytes);
    return this;
  }

  /**
   * Sends bytes on a thread of their own, and finishes.
   *
   * @param bytes what to send
   * @return completes when all is sent and finished
   */
  public CompletableFuture<Void> sendAndFinishBeside(byte[] bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            send(bytes).finish();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /**
   * Ends this side of the connection; the other goes on.
   *
   * @return this
   */
  public Peer finish() throws IOException {
    connection.finish();
    return this;
  }

  /**
   * Reads so many bytes.
   *
   * @param count how many
   * @return exactly so many, or fewer if the other side finished before
   */
  public byte[] read(int count) throws IOException {
    return connection.in().readNBytes(count);
  }

  /**
   * Reads to the other side's FIN. A reset, or no byte for too long, is an exception.
   *
   * @return everything that came
   */
  public byte[] readToEnd() throws IOException {
    return connection.in().readAllBytes();
  }

  /**
   * Waits for the other side's FIN or reset, and drops what comes before.
   *
   * @return how the connection ended
   */
  public String end() {
    try {
      InputStream in = connection.in();
      byte[] dropped = new byte[65536];
      while (in.read(dropped) >= 0) {}
      return "FIN";
    } catch (SocketTimeoutException e) {
      return "nothing";
    } catch (IOException e) {
      return "RST";
    }
  }

  /** Closes with RST instead of FIN. */
  public void reset() throws IOException {
    connection.reset();
  }

  /**
   * Sends without reading until the other side takes no more for a while.
   *
   * @param into a connection of {@link #unread}; it stays open
   * @param pieceBytes how many bytes each write has
   * @param most where to stop at the latest
   * @param quietMillis how long nothing must be taken
   * @return how many bytes were taken
   */
  public static long fill(SocketChannel into, int pieceBytes, long most, long quietMillis)
      throws IOException {
    into.configureBlocking(false);
    byte[] piece = new byte[pieceBytes];
    Arrays.fill(piece, (byte) 'x');
    long taken = 0;
    long quietSince = System.nanoTime();
    while (taken < most && System.nanoTime() - quietSince < quietMillis * 1_000_000) {
      int written = into.write(ByteBuffer.wrap(piece));
      if (written > 0) {
        taken += written;
        quietSince = System.nanoTime();
      } else {
        Thread.onSpinWait();
      }
    }
    return taken;
  }

  /**
   * Connects a channel for {@link #fill} over TCP.
   *
   * @param port on 127.0.0.1
   * @return a channel whose receive buffer is small
   */
  public static SocketChannel unread(int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    return channel;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
