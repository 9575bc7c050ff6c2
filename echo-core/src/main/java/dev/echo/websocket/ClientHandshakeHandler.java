package dev.echo.websocket;

import dev.echo.endpoint.WebSocketEndpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;

/**
 * Asks a server for a WebSocket once the connection is up, and fires {@code channelActive} inward
 * when it has it; then it leaves, and what came behind the answer goes on. Interim answers (RFC
 * 9110, 15.2) are skipped. Another answer, whatever it is, is named in a {@link
 * WebSocketException}, and so is an end before it. It holds an unfinished answer, up to {@value
 * #MAX_HEAD_BYTES} bytes with the interim ones. Before {@link ClientMessagesHandler}. One per
 * connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends the connection by itself.
public final class ClientHandshakeHandler extends ChannelInboundHandlerAdapter {
  /** The longest head of an answer that is read. */
  static final int MAX_HEAD_BYTES = 64 * 1024;

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final String host;
  private final String path;
  private final String key = AcceptKey.newKey();
  private final StringBuilder head = new StringBuilder();
  private int headBytes;
  private boolean asked;
  private boolean failed;

  /**
   * Makes a handler for one connection.
   *
   * @param endpoint what is asked for
   * @throws IllegalArgumentException if its path could not stand in a request
   */
  public ClientHandshakeHandler(WebSocketEndpoint endpoint) {
    if (!endpoint.path().chars().allMatch(each -> each > ' ' && each < 0x7F)) {
      throw new IllegalArgumentException(
          "path: '" + endpoint.path() + "' (expected: printable ASCII without blanks)");
    }
    path = endpoint.path();
    String name =
        NetUtil.isValidIpV6Address(endpoint.host()) ? "[" + endpoint.host() + "]" : endpoint.host();
    int usual = endpoint.isSecure() ? HTTPS_PORT : HTTP_PORT;
    host = endpoint.port() == usual ? name : name + ":" + endpoint.port();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      ask(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ask(ctx);
  }

  /**
   * What has come of an answer that is not whole.
   *
   * @return {@code answered} and its first line, safe to print; empty before the first byte
   */
  public String answered() {
    return head.isEmpty() ? "" : HandshakeAnswer.name(head.toString());
  }

  private void ask(ChannelHandlerContext ctx) {
    if (asked) {
      return;
    }
    asked = true;
    ctx.writeAndFlush(Unpooled.copiedBuffer(request(), StandardCharsets.US_ASCII));
  }

  private String request() {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\nUpgrade: websocket\r\n"
        + "Connection: Upgrade\r\nSec-WebSocket-Key: "
        + key
        + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ByteBuf in = (ByteBuf) msg;
    try {
      while (!failed && in.isReadable()) {
        head.append((char) in.readUnsignedByte());
        if (++headBytes == MAX_HEAD_BYTES) {
          fail(ctx, "answered a header of more than " + MAX_HEAD_BYTES + " bytes");
        } else if (HandshakeAnswer.isWhole(head)) {
          check(ctx, in);
        }
      }
      String begun = head.toString();
      if (!failed && !HandshakeAnswer.mayBe(begun)) {
        fail(ctx, other(begun));
      }
    } finally {
      in.release();
    }
  }

  /** No answer of HTTP. */
  private WebSocketException other(String begun) {
    return request().startsWith(begun)
        ? WebSocketException.handshake(
            HandshakeAnswer.name(begun) + ", this client's own request, as a plain echo does",
            "for such an echo: tcp://HOST:PORT")
        : HandshakeAnswer.other(begun);
  }

  private void check(ChannelHandlerContext ctx, ByteBuf in) {
    if (!HandshakeAnswer.mayBe(head.toString())) {
      return; // which is said when all that came has been read
    }
    HandshakeAnswer answer = HandshakeAnswer.of(head.toString());
    if (answer.isInterim()) {
      head.setLength(0);
      return;
    }
    WebSocketException wrong = answer.check(key);
    if (wrong != null) {
      fail(ctx, wrong);
      return;
    }
    ctx.fireChannelActive();
    if (in.isReadable()) {
      ctx.fireChannelRead(in.readRetainedSlice(in.readableBytes()));
    }
    ctx.pipeline().remove(this);
  }

  private void fail(ChannelHandlerContext ctx, String why) {
    fail(ctx, WebSocketException.handshake(why, ""));
  }

  private void fail(ChannelHandlerContext ctx, WebSocketException why) {
    failed = true;
    ctx.fireExceptionCaught(why);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    if (evt instanceof ChannelInputShutdownEvent && !failed) {
      fail(ctx, ended("closed the connection (FIN)"));
    } else {
      ctx.fireUserEventTriggered(evt);
    }
  }

  /** Over TLS it is known already whose fault it is. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean isFromSocket = cause instanceof IOException && !(cause instanceof SSLException);
    if (asked && !failed && isFromSocket) {
      fail(ctx, ended("reset the connection (RST)"));
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (asked && !failed) {
      fail(ctx, ended("closed the connection (FIN)"));
    }
    ctx.fireChannelInactive();
  }

  private WebSocketException ended(String how) {
    return head.isEmpty()
        ? WebSocketException.handshake(
            how + " without an answer",
            "a relay with nothing behind it, or a server of another protocol?")
        : WebSocketException.handshake(
            answered() + " and " + how + " before the end of its header", "");
  }
}
