package dev.echo.client.app.message;

import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An input of which each line is a message, its line end included, so that what comes back is what
 * was read. A line of any length takes one chunk of memory.
 */
final class LineSource implements MessageSource {
  private final Input input;

  LineSource(Input input) {
    this.input = input;
  }

  @Override
  public void check() throws IOException {
    input.check();
  }

  @Override
  public boolean isRepeatable() {
    return input.isRepeatable();
  }

  @Override
  public long count() {
    return UNKNOWN;
  }

  @Override
  public int files() {
    return input.isRepeatable() ? 1 : 0;
  }

  @Override
  public long bytes() {
    return input.bytes();
  }

  @Override
  public Messages open(long round) throws IOException {
    return new Lines(input.open());
  }

  /** Reads into one chunk; {@code chunk[at..end)} is what was read and not yet handed out. */
  private static final class Lines implements Messages {
    private final byte[] chunk = new byte[Pieces.MAX_BYTES];
    private final InputStream in;
    private int at;
    private int end;

    Lines(InputStream in) {
      this.in = in;
    }

    @Override
    public @Nullable Message next() throws IOException {
      int length = nextPiece();
      return length == 0 ? null : new Line(length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    /** Reads up to a line end, the end of the input or a full chunk; returns the length, or 0. */
    private int nextPiece() throws IOException {
      int scanned = at;
      while (true) {
        for (; scanned < end; scanned++) {
          if (chunk[scanned] == '\n') {
            return scanned + 1 - at;
          }
        }
        if (at > 0) {
          System.arraycopy(chunk, at, chunk, 0, end - at);
          end -= at;
          at = 0;
        }
        int read = end == chunk.length ? 0 : in.read(chunk, end, chunk.length - end);
        if (read <= 0) {
          return end;
        }
        scanned = end;
        end += read;
      }
    }

    private boolean isWholeLine(int length) {
      return chunk[at + length - 1] == '\n' || length < chunk.length;
    }

    private final class Line implements Message, Pieces {
      private final FrameType type;
      private int length;

      Line(int length) {
        this.length = length;
        boolean text =
            isWholeLine(length)
                && ByteBufUtil.isText(
                    Unpooled.wrappedBuffer(chunk, at, length), StandardCharsets.UTF_8);
        type = text ? FrameType.TEXT : FrameType.BINARY;
      }

      @Override
      public FrameType type() {
        return type;
      }

      @Override
      public Pieces open() {
        return this;
      }

      @Override
      public @Nullable ByteBuf next() throws IOException {
        if (length == 0) {
          return null;
        }
        boolean last = isWholeLine(length);
        ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(chunk, at, length);
        at += length;
        length = last ? 0 : nextPiece();
        return piece;
      }

      @Override
      public void close() {}
    }
  }
}
