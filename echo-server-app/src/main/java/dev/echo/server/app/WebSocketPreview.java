package dev.echo.server.app;

import dev.echo.echo.EchoMode;
import dev.echo.websocket.FragmentWalker;
import dev.echo.websocket.FragmentWalker.Direction;
import dev.echo.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Shows the payload of a WebSocket's messages, without their headers and masks, each as a {@link
 * MessagePreview} shows a connection; before them the request. Control frames are not shown, nor
 * what follows bytes that break RFC 6455.
 */
final class WebSocketPreview implements Preview {
  private static final String BLANK_LINE = "\r\n\r\n";

  private final EchoMode mode;
  private final Consumer<Supplier<String>> lines;
  private final Preview request;
  private final FragmentWalker walker = new FragmentWalker(Direction.CLIENT_TO_SERVER);
  private final ByteBuf payload = Unpooled.buffer(0);
  private Preview message;
  private int matched;
  private boolean inside;

  WebSocketPreview(EchoMode mode, Consumer<Supplier<String>> lines) {
    this.mode = mode;
    this.lines = lines;
    request = new MessagePreview(EchoMode.STREAM, lines);
    message = request;
  }

  @Override
  public void read(ByteBuf content) {
    ByteBuf in = content.slice();
    readRequest(in);
    while (walker.error() == null && (in.isReadable() || isEmptyFragment())) {
      readFragment(in);
    }
  }

  private void readRequest(ByteBuf in) {
    int end = in.readerIndex();
    while (matched < BLANK_LINE.length() && end < in.writerIndex()) {
      char next = (char) in.getByte(end++);
      matched = next == BLANK_LINE.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    request.read(in.readSlice(end - in.readerIndex()));
  }

  private boolean isEmptyFragment() {
    return inside && walker.remaining() == 0;
  }

  private void readFragment(ByteBuf in) {
    if (!inside) {
      if (!walker.begin(in)) {
        return;
      }
      inside = true;
      if (!walker.isControl() && walker.opcode() != Opcode.CONTINUATION) {
        message = new MessagePreview(mode, lines);
      }
    }
    int bytes = (int) Math.min(in.readableBytes(), walker.remaining());
    if (walker.isControl()) {
      walker.skip(bytes);
      in.skipBytes(bytes);
    } else {
      walker.moveTo(in, bytes, payload.clear());
      message.read(payload);
    }
    inside = walker.remaining() > 0;
    if (!inside && !walker.isControl() && walker.isLast()) {
      message.end();
    }
  }

  @Override
  public void end() {
    message.end();
  }
}
