package dev.echo.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A blocking connection of a {@link Peer}, whatever carries it. */
public interface PeerConnection extends AutoCloseable {
  /** Reading gives up after so long without a byte, where the system offers that. */
  int TIMEOUT_MILLIS = 10_000;

  /**
   * What comes.
   *
   * @return ends with the other side's end
   */
  InputStream in() throws IOException;

  /**
   * What goes.
   *
   * @return unbuffered
   */
  OutputStream out() throws IOException;

  /** Ends this side of the connection; the other goes on. */
  void finish() throws IOException;

  /** Ends both sides at once, with unread input if there is any. */
  void reset() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Connects over TCP.
   *
   * @param port on 127.0.0.1
   * @param receiveBufferBytes the kernel's receive buffer: small for a peer that is not to read; 0
   *     for the system's own
   * @return the connection
   */
  static Socket socket(int port, int receiveBufferBytes) throws IOException {
    Socket socket = new Socket();
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
    return socket;
  }

  /**
   * Shows a socket.
   *
   * @param socket to read and write, which may stand on the other one, as TLS does
   * @param under what a reset is done to
   * @return the connection
   */
  static PeerConnection of(Socket socket, Socket under) {
    return new PeerConnection() {
      @Override
      public InputStream in() throws IOException {
        return socket.getInputStream();
      }

      @Override
      public OutputStream out() throws IOException {
        return socket.getOutputStream();
      }

      @Override
      public void finish() throws IOException {
        socket.shutdownOutput();
      }

      @Override
      public void reset() throws IOException {
        under.setOption(StandardSocketOptions.SO_LINGER, 0);
        under.close();
      }

      @Override
      public void close() throws IOException {
        socket.close();
      }
    };
  }

  /**
   * Connects over a Unix domain socket.
   *
   * @param path of its file
   * @return the connection; reading waits for as long as the test may take
   */
  static PeerConnection unix(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    return new PeerConnection() {
      @Override
      public InputStream in() {
        return input(channel);
      }

      @Override
      public OutputStream out() {
        return output(channel);
      }

      @Override
      public void finish() throws IOException {
        channel.shutdownOutput();
      }

      @Override
      public void reset() throws IOException {
        channel.close();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  /** Not those of {@code Channels}, which let nobody write while somebody reads. */
  private static InputStream input(SocketChannel channel) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return length == 0 ? 0 : channel.read(ByteBuffer.wrap(into, offset, length));
      }
    };
  }

  private static OutputStream output(SocketChannel channel) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one});
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    };
  }
}
