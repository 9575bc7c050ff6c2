package dev.echo.server.app;

import dev.echo.echo.EchoMode;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import dev.echo.frame.HeaderWalker;
import dev.echo.frame.HeaderWalker.Direction;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import dev.echo.text.EscapedText;
import dev.echo.text.Sizes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says in lines for a person what one connection sends: a line for each message in frames mode,
 * which leaves out preface, headers and stamps, and for anything else a line for each read, with
 * the bytes as they are. However the network cuts a message, its line is the same: it comes when
 * the message is whole, or has more than a line shows. Of one read only the first messages are
 * shown, and the others counted. It belongs to one connection and its event loop.
 */
final class MessagePreview implements Preview {
  /** Enough to fill a line: every character shown stands for four bytes at most. */
  private static final int KEPT_BYTES = 256;

  private static final int SHOWN_CHARACTERS = 60;
  private static final int SHOWN_MESSAGES = 3;

  private enum State {
    PREFACE,
    FRAMES,
    BYTES
  }

  private final Consumer<Supplier<String>> lines;
  private final HeaderWalker walker =
      new HeaderWalker(Direction.CLIENT_TO_SERVER, FrameHeader.MAX_LENGTH);

  /** What there is of a preface, or of a header. */
  private final ByteBuf head = Unpooled.wrappedBuffer(new byte[Preface.BYTES]).clear();

  private State state;
  private String type = "";
  private ByteBuf kept = Unpooled.EMPTY_BUFFER;
  private long messageBytes;
  private long stampBytes;
  private boolean pending;
  private long messages;

  /**
   * Makes a preview of a new connection.
   *
   * @param mode how the server reads it
   * @param lines gets each line, and makes its text before it returns, or never
   */
  MessagePreview(EchoMode mode, Consumer<Supplier<String>> lines) {
    this.lines = lines;
    state = mode == EchoMode.STREAM ? State.BYTES : State.PREFACE;
  }

  @Override
  public void read(ByteBuf content) {
    ByteBuf in = content.slice();
    messages = 0;
    if (state == State.PREFACE) {
      readPreface(in);
    }
    while (state == State.FRAMES && in.isReadable()) {
      if (walker.remaining() > 0) {
        readFrame(in);
      } else {
        readHeader(in);
      }
      showWhatIsDue();
    }
    if (messages > SHOWN_MESSAGES) {
      long others = messages - SHOWN_MESSAGES;
      lines.accept(
          () ->
              String.format(Locale.ROOT, "and %,d more message%s", others, others == 1 ? "" : "s"));
    }
    if (state == State.BYTES) {
      showBytes(in);
    }
  }

  @Override
  public void end() {
    showCutOff();
    showBytes(head);
  }

  private void showCutOff() {
    if (pending) {
      pending = false;
      lines.accept(() -> message(", cut off"));
    }
  }

  private void readPreface(ByteBuf in) {
    int before = head.readableBytes();
    fillHead(in);
    int matching = Preface.matchingBytes(head);
    if (matching == Preface.BYTES) {
      head.clear();
      state = State.FRAMES;
    } else if (matching < head.readableBytes()) {
      noFrames(in, before);
    }
  }

  private void readHeader(ByteBuf in) {
    int before = head.readableBytes();
    fillHead(in);
    if (head.readableBytes() < FrameHeader.BYTES) {
      return;
    }
    long header = head.getLong(head.readerIndex());
    boolean goesOn = walker.isMessageOpen();
    if (walker.begin(header) != null) {
      noFrames(in, before);
      return;
    }
    head.clear();
    stampBytes = FrameHeader.hasStamp(header) ? Stamp.BYTES : 0;
    if (!goesOn) {
      type = Objects.requireNonNull(FrameType.of(FrameHeader.typeCode(header))).toString();
      kept.clear();
      messageBytes = 0;
      pending = true;
    }
    messageBytes += FrameHeader.length(header) - stampBytes;
  }

  private void fillHead(ByteBuf in) {
    head.writeBytes(in, Math.min(head.writableBytes(), in.readableBytes()));
  }

  /** From here on, bytes: first those of earlier reads, then this read's, from where it began. */
  private void noFrames(ByteBuf in, int before) {
    in.readerIndex(in.readerIndex() - (head.readableBytes() - before));
    showCutOff();
    showBytes(head.writerIndex(before));
    head.clear();
    state = State.BYTES;
  }

  private void readFrame(ByteBuf in) {
    int bytes = (int) Math.min(in.readableBytes(), walker.remaining());
    int stamp = (int) Math.min(bytes, stampBytes);
    stampBytes -= stamp;
    walker.skip(bytes);
    int payload = bytes - stamp;
    if (pending && payload > 0) {
      if (kept.capacity() == 0) {
        kept = Unpooled.wrappedBuffer(new byte[KEPT_BYTES]).clear();
      }
      kept.writeBytes(in, in.readerIndex() + stamp, Math.min(payload, kept.writableBytes()));
    }
    in.skipBytes(bytes);
  }

  private void showWhatIsDue() {
    boolean whole = walker.remaining() == 0 && !walker.isMessageOpen();
    if (!pending || (!whole && kept.readableBytes() < KEPT_BYTES)) {
      return;
    }
    pending = false;
    messages++;
    if (messages <= SHOWN_MESSAGES) {
      lines.accept(() -> message(walker.isMessageOpen() ? " and more" : ""));
    }
  }

  private String message(String extent) {
    String what = type.toLowerCase(Locale.ROOT) + ", " + Sizes.format(messageBytes) + extent;
    if (messageBytes == 0) {
      return what + ": (empty)";
    }
    return kept.isReadable() ? what + ": " + EscapedText.beginningOf(kept, SHOWN_CHARACTERS) : what;
  }

  private void showBytes(ByteBuf bytes) {
    if (bytes.isReadable()) {
      lines.accept(() -> EscapedText.of(bytes, SHOWN_CHARACTERS));
    }
  }
}
