package dev.echo.client.app.message;

import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a source to its end, and checks what every source promises about its pieces. */
public final class SourceContent {
  private SourceContent() {}

  /** One message as a whole. */
  public record Read(FrameType type, ByteBuf content, int pieces) {
    /** All its bytes. */
    public byte[] bytes() {
      return ByteBufUtil.getBytes(content);
    }

    /** The bytes as ISO 8859-1. */
    public String text() {
      return content.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** All messages of a source in one round. */
  public static List<Read> of(MessageSource source, long round) throws IOException {
    List<Read> read = new ArrayList<>();
    try (Messages messages = source.open(round)) {
      for (Message next = messages.next(); next != null; next = messages.next()) {
        read.add(read(next));
      }
    }
    return read;
  }

  /** All texts of a source. */
  public static List<String> texts(MessageSource source) throws IOException {
    return of(source, 0).stream().map(Read::text).toList();
  }

  private static Read read(Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int count = 0;
    try (Pieces pieces = message.open()) {
      for (ByteBuf piece = pieces.next(); piece != null; piece = pieces.next()) {
        int length = piece.readableBytes();
        if (length == 0 || length > Pieces.MAX_BYTES) {
          throw new AssertionError("a piece of " + length + " bytes");
        }
        piece.readBytes(bytes, length);
        if (!piece.release()) {
          throw new AssertionError("the piece belongs to somebody else, too");
        }
        count++;
      }
    }
    return new Read(message.type(), Unpooled.wrappedBuffer(bytes.toByteArray()), count);
  }
}
