package dev.echo.websocket;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameProgress;
import dev.echo.text.EscapedText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers the one HTTP request of a connection: with a WebSocket if it asks for one, with the page
 * if a browser asks for that, with the status that fits for everything else. After a WebSocket's
 * answer it fires {@link WebSocketOpened} and leaves together with Netty's {@link HttpServerCodec},
 * which stands before it; after another answer it asks for the end of the connection by a {@link
 * FrameError}. A header that never ends is refused by the codec, one that comes too slowly by the
 * time limit for unfinished frames, since until the request is whole this is inside of one. One per
 * connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends the connection by itself.
public final class ServerHandshakeHandler extends ChannelInboundHandlerAdapter
    implements FrameProgress {
  private static final int SHOWN_CHARACTERS = 80;

  /** What a page is not told by its browser. */
  private static final Set<HttpResponseStatus> BROWSERS_PROBLEMS =
      Set.of(
          HttpResponseStatus.FORBIDDEN,
          HttpResponseStatus.REQUEST_URI_TOO_LONG,
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);

  private static final int KIB = 1 << 10;

  private final HandshakeDecision decision;
  private final BiConsumer<Channel, String> refusals;
  private final FrameProgress messages;
  private @Nullable HttpRequest upgrade;
  private boolean begun;
  private boolean answered;
  private boolean opened;

  /**
   * Makes a handler for one connection.
   *
   * @param path where the WebSocket and the page are; what follows a question mark does not count
   * @param origins which pages may open a WebSocket
   * @param messages tells the progress once there is a WebSocket
   * @param refusals is told why a browser that asked for a WebSocket gets none, in a sentence that
   *     is safe to show
   */
  public ServerHandshakeHandler(
      String path,
      AllowedOrigins origins,
      FrameProgress messages,
      BiConsumer<Channel, String> refusals) {
    decision = new HandshakeDecision(path, origins);
    this.messages = messages;
    this.refusals = refusals;
  }

  /**
   * Makes the codec that stands before it, with the limits of a request's head that are documented.
   *
   * @return for one connection
   */
  public static HttpServerCodec codec() {
    return new HttpServerCodec(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(HandshakeDecision.MAX_LINE_KIB * KIB)
            .setMaxHeaderSize(HandshakeDecision.MAX_HEADERS_KIB * KIB));
  }

  @Override
  public boolean isInsideFrame() {
    return opened ? messages.isInsideFrame() : begun && !answered;
  }

  @Override
  public long steps() {
    return messages.steps();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (answered) {
      discard(ctx, msg);
      return;
    }
    try {
      if (msg instanceof HttpRequest request) {
        request(ctx, request);
      } else if (msg instanceof LastHttpContent && upgrade != null) {
        open(ctx, upgrade);
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  /** What follows a request that was answered is counted and thrown away by the last handler. */
  private static void discard(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpContent content) {
      ctx.fireChannelRead(content.content());
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  private void request(ChannelHandlerContext ctx, HttpRequest request) {
    HttpResponseStatus status = decision.status(request);
    if (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      upgrade = request; // Its end follows: there is no body.
    } else {
      if (BROWSERS_PROBLEMS.contains(status)) {
        refusals.accept(ctx.channel(), decision.sentence(request, status));
      }
      FullHttpResponse response = decision.response(request, status);
      String asked = request.decoderResult().isFailure() ? "" : " to " + shown(request);
      answer(ctx, response, new FrameError(0, "answered HTTP " + status + asked));
    }
  }

  private static String shown(HttpRequest request) {
    return EscapedText.of(request.method() + " " + request.uri(), SHOWN_CHARACTERS);
  }

  private void open(ChannelHandlerContext ctx, HttpRequest request) {
    answered = true;
    opened = true;
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, AcceptKey.of(key));
    ctx.writeAndFlush(response);
    ctx.fireUserEventTriggered(WebSocketOpened.INSTANCE);
    // First this, so that what the codec has read ahead goes to the messages.
    ctx.pipeline().remove(this);
    ctx.pipeline().remove(HttpServerCodec.class);
  }

  private void answer(ChannelHandlerContext ctx, FullHttpResponse response, FrameError end) {
    answered = true;
    ctx.writeAndFlush(response);
    ctx.fireUserEventTriggered(end);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    begun = true;
    ctx.fireChannelReadComplete();
  }

  /** Who is inside of a request is told; who has not begun one could not know what it means. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    if (evt instanceof FrameError error && begun && !answered) {
      HttpResponseStatus status =
          error.is(ErrorCode.IDLE_OR_STALLED)
              ? HttpResponseStatus.REQUEST_TIMEOUT
              : HttpResponseStatus.SERVICE_UNAVAILABLE;
      answer(ctx, plain(status, HttpVersion.HTTP_1_1, error.sentence()), error);
    } else {
      ctx.fireUserEventTriggered(evt);
    }
  }

  /** A response of a status and a sentence, after which the connection ends. */
  static FullHttpResponse plain(HttpResponseStatus status, HttpVersion version, String sentence) {
    ByteBuf text = Unpooled.copiedBuffer(status + ": " + sentence + "\n", StandardCharsets.UTF_8);
    FullHttpResponse response = new DefaultFullHttpResponse(version, status, text);
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    headers.set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes());
    headers.set("x-content-type-options", "nosniff");
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }
}
