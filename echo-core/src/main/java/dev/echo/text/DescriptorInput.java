package dev.echo.text;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Reads a stream of the process and waits while there is nothing, also where another program that
 * shares it has made it non-blocking. Then a read of Java's file stream fails, whatever the reason,
 * and the channel of the same file tells: it reads nothing. Only then it is used, since an
 * interrupt would close it in a read that waits.
 */
final class DescriptorInput extends InputStream {
  private final FileInputStream in;
  private final StandardStream stream;
  private boolean isOpen;

  DescriptorInput(FileInputStream in, StandardStream stream) {
    this.in = in;
    this.stream = stream;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkOpen();
    try {
      return in.read(bytes, offset, length);
    } catch (IOException e) {
      return readWhenReady(ByteBuffer.wrap(bytes, offset, length));
    }
  }

  private void checkOpen() throws IOException {
    if (!isOpen && stream.isClosed()) {
      throw new IOException("it is closed");
    }
    isOpen = true;
  }

  private int readWhenReady(ByteBuffer to) throws IOException {
    Pause pause = new Pause();
    for (int count = readNow(to); ; count = readNow(to)) {
      if (count != 0) {
        return count;
      }
      pause.take();
    }
  }

  private int readNow(ByteBuffer to) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    FileChannel channel = in.getChannel();
    try {
      return channel.read(to);
    } catch (IOException e) {
      throw stream.failure(e);
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}
