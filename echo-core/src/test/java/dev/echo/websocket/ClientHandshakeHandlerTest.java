package dev.echo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.endpoint.WebSocketEndpoint.Security;
import dev.echo.testing.LeakExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakExtension.class)
class ClientHandshakeHandlerTest {
  private boolean opened;
  private Throwable failure;
  private final EmbeddedChannel channel = channel("h", 8080, "/a?b", Security.NONE);
  private final String asked = sent(channel);

  private EmbeddedChannel channel(String host, int port, String path, Security security) {
    return new EmbeddedChannel(
        new ClientHandshakeHandler(WebSocketEndpoint.of(host, port, path, security)),
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelActive(ChannelHandlerContext ctx) {
            opened = true;
            ctx.fireChannelActive();
          }

          @Override
          public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failure = cause;
          }
        });
  }

  private static String sent(EmbeddedChannel channel) {
    ByteBuf out = channel.readOutbound();
    String text = out.toString(StandardCharsets.US_ASCII);
    out.release();
    return text;
  }

  private String accepted() {
    String key = asked.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]+)\r\n.*", "$1");
    return "HTTP/1.1 101 Yes|upgrade: WebSocket|connection: keep-alive, Upgrade|"
        + "sec-websocket-accept: "
        + AcceptKey.of(key)
        + "||";
  }

  private static ByteBuf bytes(String lines) {
    return Unpooled.copiedBuffer(lines.replace("|", "\r\n"), StandardCharsets.ISO_8859_1);
  }

  @Test
  void asksForWhatTheEndpointNames() {
    assertThat(asked)
        .startsWith("GET /a?b HTTP/1.1\r\nHost: h:8080\r\n")
        .contains("Upgrade: websocket\r\n", "Connection: Upgrade\r\n", "Sec-WebSocket-Version: 13")
        .endsWith("\r\n\r\n")
        .doesNotContain("Origin");
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "h, 80, NONE, h",
    "h, 443, NONE, h:443",
    "h, 443, TLS, h",
    "::1, 80, NONE, [::1]",
    "::1, 7, NONE, [::1]:7",
  })
  void namesThePortUnlessItIsTheUsualOne(String host, int port, Security security, String named) {
    EmbeddedChannel other = channel(host, port, "/", security);

    assertThat(sent(other)).contains("\r\nHost: " + named + "\r\n");
    assertThat(other.finish()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void refusesAPathThatWouldMakeAnotherRequest() {
    assertThatThrownBy(() -> channel("h", 80, "/a\r\nX: y", Security.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("printable ASCII");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void leavesOnceItIsAcceptedHoweverTheAnswerIsCut() {
    ByteBuf answer = bytes(accepted() + "rest");
    while (answer.readableBytes() > 4) {
      assertThat(opened).isFalse();
      channel.writeInbound(answer.readRetainedSlice(1));
    }
    assertThat(opened).isTrue();
    channel.writeInbound(answer);

    assertThat(channel.pipeline().get(ClientHandshakeHandler.class)).isNull();
    assertThat(read()).isEqualTo("rest");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void passesOnWhatCameRightBehindTheAnswer() {
    channel.writeInbound(bytes(accepted() + "rest"));

    assertThat(opened).isTrue();
    assertThat(read()).isEqualTo("rest");
    assertThat(channel.finish()).isFalse();
  }

  private String read() {
    ByteBuf in = channel.readInbound();
    String text = in.toString(StandardCharsets.US_ASCII);
    in.release();
    return text;
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 404 Not Found||, answered HTTP/1.1 404 Not Found",
    "HTTP/1.1 301 Moved|Location: x||, answered HTTP/1.1 301 Moved (Location: x)",
    "HTTP/1.0 200 OK||, answered HTTP/1.0 200 OK",
    "HTTP/1.1 503 Later|retry-after: 9|SERVER: a|Via: 1.1 b|Via: c|X: y||,"
        + " 'answered HTTP/1.1 503 Later (Server: a; Via: 1.1 b, c; Retry-After: 9)'",
    "HTTP/1.1 401 No|WWW-Authenticate: Basic realm=\u001b[31m||,"
        + " answered HTTP/1.1 401 No (WWW-Authenticate: Basic realm=\\x1b[31m)",
    "SSH-2.0-x|, answered SSH-2.0-x",
    "GET /a?b HTTP/1.1, 'answered GET /a?b HTTP/1.1, this client''s own request'",
    "GET / HTTP/1.1|Host: x||, answered GET / HTTP/1.1 (an HTTP request)",
    "PROXY TCP4 1.2.3.4 5.6.7.8 1 2|GET /a?b HTTP/1.1||, (a PROXY header in front)",
    "HTTP/1.1 101 Yes||, but not with a WebSocket: no header Upgrade: websocket",
    "HTTP/1.1 101 Yes|Upgrade: websocket||, but not with a WebSocket: no header Connection",
    "HTTP/1.0 101 Yes||, but only HTTP/1.1 can change to another protocol",
    "HTTP/1.1 101 Yes|Upgrade: websocket|Connection: upgrade||, but without Sec-WebSocket-Accept",
    "HTTP/1.1 101 Yes|Upgrade: websocket|Connection: upgrade|Sec-WebSocket-Accept: x||,"
        + " but with a wrong Sec-WebSocket-Accept",
    "HTTP/1.1 100 Continue||HTTP/1.1 404 Not Found||, answered HTTP/1.1 404 Not Found",
  })
  void namesAnotherAnswer(String answer, String why) {
    channel.writeInbound(bytes(answer));
    channel.writeInbound(bytes("more of it"));

    assertThat(failure).isInstanceOf(WebSocketException.class).hasMessageContaining(why);
    assertThat(opened).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 302 Found|Location: https://h/x||, ask there: wss://h/x",
    "HTTP/1.1 302 Found|Location: /x||, 'it redirects, which is not followed'",
    "HTTP/1.1 401 No||, it asks for credentials",
    "HTTP/1.1 404 No||, is the path right?",
    "HTTP/1.1 502 No||, a proxy answered that does not reach what is behind it",
    "HTTP/1.1 200 OK||, is the path right?",
  })
  void advisesByTheStatus(String answer, String advice) {
    channel.writeInbound(bytes(answer));

    assertThat(failure)
        .isInstanceOfSatisfying(
            WebSocketException.class,
            told -> {
              assertThat(told.kind()).isEqualTo(WebSocketException.Kind.HANDSHAKE);
              assertThat(told.advice()).contains(advice);
            });
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void skipsInterimAnswers() {
    channel.writeInbound(
        bytes("HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: </x>||" + accepted()));

    assertThat(opened).isTrue();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void namesLinesThatEndWithALineFeedAlone() {
    channel.writeInbound(
        Unpooled.copiedBuffer(accepted().replace("|", "\n"), StandardCharsets.US_ASCII));

    assertThat(failure).hasMessageContaining("101 Yes, but its lines end with a line feed alone");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void knowsItsOwnRequest() {
    channel.writeInbound(Unpooled.copiedBuffer(asked, StandardCharsets.US_ASCII));

    assertThat(failure)
        .hasMessage("answered GET /a?b HTTP/1.1, this client's own request, as a plain echo does");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void namesAResetBeforeTheAnswer() {
    channel.pipeline().fireExceptionCaught(new SocketException("Connection reset"));

    assertThat(failure)
        .isInstanceOf(WebSocketException.class)
        .hasMessage("reset the connection (RST) without an answer");
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Extensions: a", "Sec-WebSocket-Protocol: a"})
  void refusesWhatNobodyAskedFor(String header) {
    channel.writeInbound(bytes(accepted().replace("||", "|" + header + "||")));

    assertThat(failure).hasMessageContaining("nobody asked for");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void holdsNoAnswerWithoutEnd() {
    channel.writeInbound(bytes("HTTP/1.1 101 Yes|X: "));
    channel.writeInbound(bytes("a".repeat(ClientHandshakeHandler.MAX_HEAD_BYTES)));

    assertThat(failure).hasMessageContaining("a header of more than 65536");
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', closed the connection (FIN) without an answer",
    "HTTP/1.1 1, answered HTTP/1.1 1"
  })
  void namesAnEndBeforeTheAnswer(String begun, String why) {
    channel.writeInbound(bytes(begun));
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    channel.close();

    assertThat(failure).hasMessageContaining(why);
    assertThat(channel.finish()).isFalse();
  }
}
