package dev.echo.server.app;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/**
 * Many plain connections on one thread that send as fast as they can, and go on reading: each
 * compares what comes back, byte for byte, with what it sent. What a connection sends depends on
 * its number and the position alone.
 */
final class StreamingCrowd implements AutoCloseable {
  /** What is sent. */
  enum Kind {
    /** Arbitrary bytes. */
    STREAM,
    /** The preface, and frames of 1000 bytes. */
    FRAMES
  }

  private static final byte[] PREFACE = {(byte) 0xFE, 'E', 'C', 'H', 'O', '\r', '\n', 1};
  private static final int PAYLOAD_BYTES = 1000;
  private static final int FRAME_BYTES = FrameHeader.BYTES + PAYLOAD_BYTES;
  private static final int MAX_TAIL_BYTES = 1000;

  private final Kind kind;
  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();
  private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);

  /** One connection. */
  private final class Connection {
    final int number;
    final SocketChannel channel;
    final ByteBuffer output = ByteBuffer.allocateDirect(16 * 1024).limit(0);
    final ByteArrayOutputStream tail = new ByteArrayOutputStream();
    long sent;
    long received;
    boolean ended;

    Connection(int number, SocketChannel channel) {
      this.number = number;
      this.channel = channel;
    }

    void write() throws IOException {
      if (!output.hasRemaining()) {
        output.clear();
        for (long at = sent; output.hasRemaining(); at++) {
          output.put(byteAt(number, at));
        }
        output.flip();
      }
      sent += channel.write(output);
    }

    void read() throws IOException {
      input.clear();
      int count = channel.read(input);
      input.flip();
      while (input.hasRemaining()) {
        byte actual = input.get();
        if (tail.size() == 0 && received < sent && actual == echoAt(number, received)) {
          received++;
        } else if (tail.size() < MAX_TAIL_BYTES) {
          tail.write(actual);
        } else {
          throw new AssertionError(this + " is no echo any more");
        }
      }
      if (count < 0) {
        ended = true;
        channel.close();
      }
    }

    /** The tail of a framed echo may look like the beginning of the next frame. */
    void check() {
      byte[] rest = tail.toByteArray();
      if (rest.length == 0) {
        return;
      }
      long boundary = (received - PREFACE.length) / FRAME_BYTES * FRAME_BYTES + PREFACE.length;
      int common = (int) (received - boundary);
      ByteBuffer error = ByteBuffer.allocate(common + rest.length);
      for (int i = 0; i < common; i++) {
        error.put(echoAt(number, boundary + i));
      }
      error.put(rest).flip();
      if (kind != Kind.FRAMES
          || error.remaining() < FrameHeader.BYTES + 2
          || error.getInt(0) != error.remaining() - FrameHeader.BYTES
          || error.get(4) != 15
          || error.getShort(FrameHeader.BYTES) != ErrorCode.DRAINING.code()) {
        throw new AssertionError(this + " ends with something that was not sent");
      }
    }

    @Override
    public String toString() {
      return kind
          + " connection "
          + number
          + " (sent "
          + sent
          + ", echoed "
          + received
          + ", then "
          + tail.size()
          + " other bytes)";
    }
  }

  StreamingCrowd(Kind kind, int port, int count) throws IOException {
    this.kind = kind;
    for (int i = 0; i < count; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.configureBlocking(false);
      Connection connection = new Connection(i, channel);
      channel.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE, connection);
      connections.add(connection);
    }
  }

  private byte byteAt(int number, long at) {
    if (kind == Kind.STREAM) {
      return mixed(number, at);
    }
    if (at < PREFACE.length) {
      return PREFACE[(int) at];
    }
    int inFrame = (int) ((at - PREFACE.length) % FRAME_BYTES);
    if (inFrame >= FrameHeader.BYTES) {
      return mixed(number, at);
    }
    return inFrame < 4 ? (byte) (PAYLOAD_BYTES >>> (24 - 8 * inFrame)) : 0;
  }

  private byte echoAt(int number, long at) {
    boolean version = kind == Kind.FRAMES && at == PREFACE.length - 1;
    return version ? (byte) 0x81 : byteAt(number, at);
  }

  /** The mixing step of SplitMix64: neighbouring positions have unrelated bytes. */
  private static byte mixed(int number, long at) {
    long z = (at + 1 + ((long) number << 40)) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    return (byte) (z >>> 32);
  }

  /** Sends and reads until every connection has had so many bytes back. */
  void untilEchoed(long bytes, long deadlineNanos) throws IOException {
    run(() -> all(received -> received >= bytes), deadlineNanos);
  }

  /** Sends and reads until every connection has read the end of input. */
  void untilEnded(long deadlineNanos) throws IOException {
    run(() -> connections.stream().allMatch(it -> it.ended), deadlineNanos);
    connections.forEach(Connection::check);
  }

  /** The fewest bytes that one of them had back. */
  long leastEchoed() {
    return connections.stream().mapToLong(it -> it.received).min().orElse(0);
  }

  private boolean all(LongPredicate holds) {
    return connections.stream().allMatch(it -> holds.test(it.received));
  }

  private void run(BooleanSupplier done, long deadlineNanos) throws IOException {
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new AssertionError("not done by the deadline: " + unfinished());
      }
      selector.select(100);
      for (SelectionKey key : selector.selectedKeys()) {
        serve(key, (Connection) key.attachment());
      }
      selector.selectedKeys().clear();
    }
  }

  private static void serve(SelectionKey key, Connection connection) throws IOException {
    try {
      if (key.isReadable()) {
        connection.read();
      }
      if (key.isValid() && key.isWritable()) {
        connection.write();
      }
    } catch (IOException e) {
      throw new IOException("on " + connection, e);
    }
  }

  private String unfinished() {
    List<Connection> left = connections.stream().filter(it -> !it.ended).toList();
    return left.size() + " connections open, such as " + left.stream().findFirst().orElse(null);
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }
}
