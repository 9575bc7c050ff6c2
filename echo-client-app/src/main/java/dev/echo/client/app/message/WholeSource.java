package dev.echo.client.app.message;

import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An input that is one message as a whole. */
final class WholeSource implements MessageSource {
  private final Input input;

  WholeSource(Input input) {
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
  public int files() {
    return input.isRepeatable() ? 1 : 0;
  }

  @Override
  public long bytes() {
    return input.bytes();
  }

  @Override
  public Messages open(long round) {
    return Messages.of(
        new Message() {
          @Override
          public FrameType type() {
            return FrameType.BINARY;
          }

          @Override
          public Pieces open() throws IOException {
            return new StreamPieces(input.open());
          }
        });
  }

  private static final class StreamPieces implements Pieces {
    private final byte[] chunk = new byte[MAX_BYTES];
    private final InputStream in;

    StreamPieces(InputStream in) {
      this.in = in;
    }

    @Override
    public @Nullable ByteBuf next() throws IOException {
      int length = in.read(chunk, 0, chunk.length);
      // What is there goes out at once; only what came along with it is waited for.
      while (length > 0 && length < chunk.length && in.available() > 0) {
        int more = in.read(chunk, length, chunk.length - length);
        if (more <= 0) {
          break;
        }
        length += more;
      }
      return length <= 0
          ? null
          : ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(chunk, 0, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
