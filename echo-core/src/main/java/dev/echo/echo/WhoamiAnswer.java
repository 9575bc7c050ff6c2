package dev.echo.echo;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers the one question of a connection, WHOAMI. Once only: an answer is longer than its
 * question, and memory has a ceiling. One per connection.
 */
final class WhoamiAnswer {
  private static final int WHOAMI = FrameType.WHOAMI.code();

  private final @Nullable Function<Channel, String> text;
  private boolean asked;

  /** Answers with a text that is made on the event loop; null returns questions as they came. */
  WhoamiAnswer(@Nullable Function<Channel, String> text) {
    this.text = text;
  }

  /** Returns what is wrong with a header that is sound by itself, or null. */
  @Nullable FrameError check(long header) {
    return asked && FrameHeader.typeCode(header) == WHOAMI
        ? new FrameError(ErrorCode.MALFORMED, "malformed frame: a second WHOAMI")
        : null;
  }

  /** Whether a header is the question, and is to be answered. */
  boolean isDue(long header) {
    return text != null && FrameHeader.typeCode(header) == WHOAMI;
  }

  /** Makes the frame that answers; the caller owns it. */
  ByteBuf frame(ChannelHandlerContext ctx) {
    asked = true;
    String answer = text == null ? "" : text.apply(ctx.channel());
    int bytes = ByteBufUtil.utf8Bytes(answer);
    ByteBuf out = ctx.alloc().buffer(FrameHeader.BYTES + bytes);
    out.writeLong(FrameHeader.of(FrameType.WHOAMI, bytes));
    ByteBufUtil.writeUtf8(out, answer);
    return out;
  }
}
