package dev.echo.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * A reason to end a connection. As a user event it asks the pipeline to end it: the frame under way
 * is left whole, an ERROR frame is written where the wire allows one, and the server finishes its
 * side. As the payload of an ERROR frame it tells the client why.
 *
 * <pre>
 *   +--------+----------------------+
 *   | u16    | sentence, UTF-8      |
 *   +--------+----------------------+
 * </pre>
 *
 * @param code the number on the wire, 0 to 65,535; {@link ErrorCode} names those of version 1, 0 is
 *     none of them
 * @param sentence what happened, for a person; at most {@value #MAX_SENTENCE_BYTES} bytes of it are
 *     read from a peer
 */
public record FrameError(int code, String sentence) {
  /** The most bytes of a peer's sentence that are kept; the rest is dropped. */
  public static final int MAX_SENTENCE_BYTES = 1024;

  private static final int MAX_CODE = 0xFFFF;

  public FrameError {
    if (code < 0 || code > MAX_CODE) {
      throw new IllegalArgumentException("code: " + code + " (expected: 0.." + MAX_CODE + ")");
    }
  }

  /**
   * Makes an error of version 1.
   *
   * @param code why
   * @param sentence what happened, for a person
   */
  public FrameError(ErrorCode code, String sentence) {
    this(code.code(), sentence);
  }

  /**
   * Says whether this error has a code.
   *
   * @param other the code to compare with
   * @return true if the numbers are equal
   */
  public boolean is(ErrorCode other) {
    return code == other.code();
  }

  /**
   * Makes the whole ERROR frame, header included.
   *
   * @param alloc makes the buffer
   * @return the frame; the caller owns it
   */
  public ByteBuf toFrame(ByteBufAllocator alloc) {
    ByteBuf out = alloc.buffer(FrameHeader.BYTES + payloadBytes());
    writeFrame(out);
    return out;
  }

  int payloadBytes() {
    return Short.BYTES + ByteBufUtil.utf8Bytes(sentence);
  }

  void writeFrame(ByteBuf out) {
    out.writeLong(FrameHeader.of(FrameType.ERROR, payloadBytes()));
    out.writeShort(code);
    ByteBufUtil.writeUtf8(out, sentence);
  }

  /**
   * Reads the payload of an ERROR frame.
   *
   * @param payload all of it, or at least its first {@value #MAX_SENTENCE_BYTES} bytes; its indices
   *     are not moved
   * @return the error; code 0 and no sentence if the payload is shorter than a code
   */
  public static FrameError read(ByteBuf payload) {
    if (payload.readableBytes() < Short.BYTES) {
      return new FrameError(0, "");
    }
    int start = payload.readerIndex();
    int sentenceBytes = payload.readableBytes() - Short.BYTES;
    if (sentenceBytes > MAX_SENTENCE_BYTES) {
      sentenceBytes = MAX_SENTENCE_BYTES;
      // Cut in front of a character, not inside: 10xxxxxx goes on with the one before.
      while (sentenceBytes > 0
          && (payload.getByte(start + Short.BYTES + sentenceBytes) & 0xC0) == 0x80) {
        sentenceBytes--;
      }
    }
    return new FrameError(
        payload.getUnsignedShort(start),
        payload.toString(start + Short.BYTES, sentenceBytes, StandardCharsets.UTF_8));
  }
}
