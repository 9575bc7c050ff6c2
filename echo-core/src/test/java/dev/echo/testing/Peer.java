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
 * The other side of a connection: a plain blocking socket that does what a test says, be it well
 * behaved or not. Reading gives up after {@value #TIMEOUT_MILLIS} ms without a byte.
 */
public final class Peer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;

  /**
   * Connects.
   *
   * @param port on 127.0.0.1
   * @param receiveBufferBytes the kernel's receive buffer: small for a peer that is not to read; 0
   *     for the system's own
   */
  public Peer(int port, int receiveBufferBytes) throws IOException {
    socket = new Socket();
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
  }

  /**
   * Connects with the system's own receive buffer.
   *
   * @param port on 127.0.0.1
   */
  public Peer(int port) throws IOException {
    this(port, 0);
  }

  /**
   * Sends bytes, and waits for the kernel to take them.
   *
   * @param bytes what to send
   * @return this
   */
  public Peer send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
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
    socket.shutdownOutput();
    return this;
  }

  /**
   * Reads so many bytes.
   *
   * @param count how many
   * @return exactly so many, or fewer if the other side finished before
   */
  public byte[] read(int count) throws IOException {
    return socket.getInputStream().readNBytes(count);
  }

  /**
   * Reads to the other side's FIN. A reset, or no byte for too long, is an exception.
   *
   * @return everything that came
   */
  public byte[] readToEnd() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  /**
   * Waits for the other side's FIN or reset, and drops what comes before.
   *
   * @return how the connection ended
   */
  public String end() {
    try {
      InputStream in = socket.getInputStream();
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
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    socket.close();
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
   * Connects a channel for {@link #fill}.
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
    socket.close();
  }
}
