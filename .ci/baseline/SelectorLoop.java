import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The least that an echo server on the JDK alone can be: one thread, one selector, a buffer for
 * each connection. {@code SelectorLoop PORT}.
 */
final class SelectorLoop {
  private static final int BUFFER_BYTES = 64 * 1024;

  public static void main(String[] args) throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 1024);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    while (true) {
      selector.select(SelectorLoop::ready);
    }
  }

  private static void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept(key);
      } else {
        echo(key);
      }
    } catch (IOException e) {
      close(key);
    }
  }

  private static void accept(SelectionKey key) throws IOException {
    for (SocketChannel peer = next(key); peer != null; peer = next(key)) {
      peer.configureBlocking(false);
      peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
      peer.register(key.selector(), SelectionKey.OP_READ, ByteBuffer.allocateDirect(BUFFER_BYTES));
    }
  }

  private static SocketChannel next(SelectionKey key) throws IOException {
    return ((ServerSocketChannel) key.channel()).accept();
  }

  /** Reads only when all that was read is written. */
  private static void echo(SelectionKey key) throws IOException {
    SocketChannel peer = (SocketChannel) key.channel();
    ByteBuffer buffer = (ByteBuffer) key.attachment();
    if (key.isReadable() && peer.read(buffer) < 0) {
      close(key);
      return;
    }
    buffer.flip();
    peer.write(buffer);
    key.interestOps(buffer.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    buffer.compact();
  }

  private static void close(SelectionKey key) {
    key.cancel();
    try {
      key.channel().close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
