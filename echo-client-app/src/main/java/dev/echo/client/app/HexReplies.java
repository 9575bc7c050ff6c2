package dev.echo.client.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;

/** Replies as lines of sixteen bytes, offsets counted from the beginning of each message. */
final class HexReplies implements Replies {
  private final String prefix;
  private final ReplyOutput output;
  private final ByteBuf row = Unpooled.buffer(HexRow.BYTES, HexRow.BYTES);
  private long offset;

  HexReplies(String prefix, ReplyOutput output) {
    this.prefix = prefix;
    this.output = output;
  }

  @Override
  public void content(ByteBuf content) {
    StringBuilder lines = new StringBuilder();
    int at = content.readerIndex();
    while (at < content.writerIndex()) {
      int length = Math.min(row.writableBytes(), content.writerIndex() - at);
      row.writeBytes(content, at, length);
      at += length;
      if (!row.isWritable()) {
        appendRow(lines);
      }
    }
    output.text(lines.toString());
  }

  @Override
  public CompletableFuture<Void> room() {
    return output.room();
  }

  @Override
  public void end() {
    StringBuilder lines = new StringBuilder();
    if (row.isReadable() || offset == 0) {
      appendRow(lines);
    }
    output.text(lines.toString());
    offset = 0;
  }

  private void appendRow(StringBuilder lines) {
    byte[] bytes = new byte[row.readableBytes()];
    row.readBytes(bytes).clear();
    lines.append(prefix).append(HexRow.of(offset, bytes)).append(System.lineSeparator());
    offset += bytes.length;
  }
}
