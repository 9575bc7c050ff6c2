package dev.echo.client.app;

import dev.echo.text.EscapedText;
import dev.echo.text.Sizes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;

/** One escaped line for each reply: {@code [2] Hello, world}. Of a long one the beginning. */
final class PreviewReplies implements Replies {
  private static final int MAX_BYTES = 1000;

  /** The longest escape is ten characters for four bytes, or four for one. */
  private static final int ALL = 4 * MAX_BYTES;

  private final int connection;
  private final ReplyOutput output;
  private final ByteBuf beginning = Unpooled.buffer(64, MAX_BYTES);
  private long bytes;

  PreviewReplies(int connection, ReplyOutput output) {
    this.connection = connection;
    this.output = output;
  }

  @Override
  public void content(ByteBuf content) {
    bytes += content.readableBytes();
    int length = Math.min(content.readableBytes(), MAX_BYTES - beginning.readableBytes());
    beginning.writeBytes(content, content.readerIndex(), length);
  }

  @Override
  public CompletableFuture<Void> room() {
    return output.room();
  }

  @Override
  public void end() {
    output.line("[" + connection + "] " + text());
    beginning.clear();
    bytes = 0;
  }

  private String text() {
    if (bytes == 0) {
      return "(empty)";
    }
    if (bytes > beginning.readableBytes()) {
      endWithWholeCharacter();
      long more = bytes - beginning.readableBytes();
      return EscapedText.of(beginning, ALL) + "... " + Sizes.format(more) + " more";
    }
    return EscapedText.of(beginning, ALL);
  }

  /** Takes off the last character: it may be only a part of one. */
  private void endWithWholeCharacter() {
    int end = beginning.writerIndex() - 1;
    for (int i = 0; i < 3 && (beginning.getByte(end) & 0xC0) == 0x80; i++) {
      end--;
    }
    beginning.writerIndex(end);
  }
}
