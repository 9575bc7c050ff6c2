package dev.echo.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Writes to a stream of the process and waits while it has no room. Another program that shares the
 * stream may have made it non-blocking, and then it takes a part only: a channel says how much,
 * which Java's file streams do not. For a thread that nobody interrupts, since that would close the
 * channel.
 */
final class DescriptorOutput extends OutputStream {
  /** The JVM keeps a copy of what is written outside its heap, as large as the largest write. */
  private static final int MAX_WRITE_BYTES = 64 * 1024;

  private final WritableByteChannel channel;
  private final StandardStream stream;

  DescriptorOutput(WritableByteChannel channel, StandardStream stream) {
    this.channel = channel;
    this.stream = stream;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    Pause pause = new Pause();
    for (int at = offset; at < end; ) {
      int written = write(ByteBuffer.wrap(bytes, at, Math.min(MAX_WRITE_BYTES, end - at)));
      at += written;
      if (written > 0) {
        pause.reset();
      } else {
        pause.take();
      }
    }
  }

  private int write(ByteBuffer bytes) throws IOException {
    try {
      return channel.write(bytes);
    } catch (IOException e) {
      throw stream.failure(e);
    }
  }
}
