package dev.echo.websocket;

import dev.echo.text.EscapedText;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a request is answered with. */
final class HandshakeDecision {
  /** The longest request line, and the longest headers in all: cookies of a whole host count. */
  static final int MAX_LINE_KIB = 8;

  static final int MAX_HEADERS_KIB = 32;

  private static final int SHOWN_CHARACTERS = 100;
  private static final String VERSION = "13";
  private static final Pattern ABSOLUTE = Pattern.compile("^(?i:http|ws)s?://[^/?#]*");

  private final String path;
  private final AllowedOrigins origins;

  HandshakeDecision(String path, AllowedOrigins origins) {
    this.path = withoutQuery(path);
    this.origins = origins;
  }

  private static String withoutQuery(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  /** The path of what was asked for, which may be a whole URI (RFC 9112, 3.2.2). */
  private static String target(String uri) {
    String path = ABSOLUTE.matcher(uri).replaceFirst("");
    return path.startsWith("/") ? withoutQuery(path) : "/" + withoutQuery(path);
  }

  /** Returns 101 if a WebSocket is to be opened, 200 if the page is to be shown. */
  HttpResponseStatus status(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      return cause instanceof TooLongHttpLineException
          ? HttpResponseStatus.REQUEST_URI_TOO_LONG
          : cause instanceof TooLongHttpHeaderException
              ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
              : HttpResponseStatus.BAD_REQUEST;
    }
    boolean head = request.method().equals(HttpMethod.HEAD);
    if (!request.method().equals(HttpMethod.GET) && !head) {
      return HttpResponseStatus.METHOD_NOT_ALLOWED;
    }
    if (!target(request.uri()).equals(path)) {
      return HttpResponseStatus.NOT_FOUND;
    }
    boolean asks =
        request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    return asks && !head ? upgrade(request) : HttpResponseStatus.OK;
  }

  private HttpResponseStatus upgrade(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (headers.getAll(HttpHeaderNames.ORIGIN).size() > 1
        || headers.getAll(HttpHeaderNames.HOST).size() > 1) {
      // Which of them counts is something that others on the path may see differently.
      return HttpResponseStatus.BAD_REQUEST;
    }
    if (!origins.allow(headers.get(HttpHeaderNames.ORIGIN), headers.get(HttpHeaderNames.HOST))) {
      return HttpResponseStatus.FORBIDDEN;
    }
    if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return HttpResponseStatus.UPGRADE_REQUIRED;
    }
    boolean sound =
        request.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
            && headers.contains(HttpHeaderNames.HOST)
            && AcceptKey.isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, ""))
            && HttpUtil.getContentLength(request, 0L) == 0
            && !HttpUtil.isTransferEncodingChunked(request);
    return sound ? HttpResponseStatus.SWITCHING_PROTOCOLS : HttpResponseStatus.BAD_REQUEST;
  }

  /** Every answer but 101; the connection ends behind it. */
  FullHttpResponse response(HttpRequest request, HttpResponseStatus status) {
    if (status.equals(HttpResponseStatus.OK)) {
      return page(request);
    }
    FullHttpResponse response =
        ServerHandshakeHandler.plain(status, HttpVersion.HTTP_1_1, sentence(request, status));
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    } else if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
    }
    return request.method().equals(HttpMethod.HEAD) ? withoutContent(response) : response;
  }

  /** Says to a person why a request is refused. */
  String sentence(HttpRequest request, HttpResponseStatus status) {
    return switch (status.code()) {
      case 403 ->
          String.format(
              Locale.ROOT,
              "pages of origin %s may not connect to host %s (the server's --allow-origin allows more)",
              shown(request, HttpHeaderNames.ORIGIN),
              shown(request, HttpHeaderNames.HOST));
      case 414 -> "the request line is longer than " + MAX_LINE_KIB + " KiB";
      case 431 ->
          String.format(
              Locale.ROOT,
              "the headers are longer than %d KiB (the cookies of all programs on this host come along)",
              MAX_HEADERS_KIB);
      case 404 -> "the echo is at " + path;
      case 405 -> "GET and HEAD are";
      case 426 -> "WebSocket of version 13 is spoken here";
      default -> "no request that is understood here";
    };
  }

  private static String shown(HttpRequest request, AsciiString header) {
    return "'" + EscapedText.of(request.headers().get(header, ""), SHOWN_CHARACTERS) + "'";
  }

  private static FullHttpResponse page(HttpRequest request) {
    Page page = Page.load();
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(page.html())));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, page.html().length)
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, page.policy())
        .set("x-content-type-options", "nosniff")
        .set("referrer-policy", "no-referrer")
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return request.method().equals(HttpMethod.HEAD) ? withoutContent(response) : response;
  }

  /** The headers say how long it would be. */
  private static FullHttpResponse withoutContent(FullHttpResponse response) {
    FullHttpResponse head = response.replace(Unpooled.EMPTY_BUFFER);
    response.release();
    return head;
  }
}
