package dev.echo.server;

import static dev.echo.testing.Fragments.closing;
import static dev.echo.testing.Fragments.masked;
import static dev.echo.testing.Fragments.plain;
import static dev.echo.testing.Fragments.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.client.ClientConfig;
import dev.echo.client.ClientMode;
import dev.echo.client.EchoClient;
import dev.echo.client.EchoReply;
import dev.echo.client.Peer;
import dev.echo.client.RefusedException;
import dev.echo.client.UnreachableException;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.limit.Limits;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Bytes;
import dev.echo.websocket.AllowedOrigins;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket over real sockets: both sides of it, and peers that are not well behaved. */
@Timeout(60)
class WebSocketServerTest {
  private static final String ASK =
      crlf(
          """
          GET / HTTP/1.1
          Host: h:1
          Upgrade: websocket
          Connection: keep-alive, Upgrade
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          """);
  private static final String ANSWER =
      crlf(
          """
          HTTP/1.1 101 Switching Protocols
          upgrade: websocket
          connection: upgrade
          sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

          """);
  private static final long SEED = 3;

  private EchoServer server = start(Limits.DEFAULT);

  private static EchoServer start(Limits limits) {
    try {
      return Servers.start(
          EchoServer.builder()
              .limits(limits)
              .front(ServerFront.NONE.origins(AllowedOrigins.SAME.and("https://a.example")))
              .listen(Endpoint.parse("ws://127.0.0.1:0")));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void restart(Limits limits) throws Exception {
    Servers.close(server);
    server = start(limits);
  }

  @AfterEach
  void close() throws Exception {
    Servers.close(server);
  }

  private int port() {
    return ((NetworkEndpoint) server.endpoints().get(0)).port();
  }

  private dev.echo.testing.Peer connect() throws IOException {
    return new dev.echo.testing.Peer(port());
  }

  private dev.echo.testing.Peer open() throws IOException {
    dev.echo.testing.Peer peer = connect().send(ascii(ASK + "\r\n"));
    assertThat(new String(peer.read(ANSWER.length()), StandardCharsets.US_ASCII)).isEqualTo(ANSWER);
    return peer;
  }

  private static String crlf(String lines) {
    return lines.replace("\n", "\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void answersTheHandshakeOfTheRfcAndTakesWhatComesRightBehindIt() throws Exception {
    Bytes message = masked(0x81, utf8("hi"));
    try (dev.echo.testing.Peer peer = connect()) {
      peer.send(Bytes.join(ascii(ASK + "\r\n"), message.toArray()));

      assertThat(new String(peer.read(ANSWER.length()), StandardCharsets.US_ASCII))
          .isEqualTo(ANSWER);
      assertThat(Bytes.of(peer.read(4))).isEqualTo(plain(0x81, utf8("hi")));
      peer.send(masked(0x88, closing(1000, "")).toArray());
      assertThat(Bytes.of(peer.readToEnd())).isEqualTo(plain(0x88, closing(1000, "")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /x HTTP/1.1|Host: h||', 404 Not Found",
    "'POST / HTTP/1.1|Host: h|Content-Length: 2||xx', 405 Method Not Allowed",
    "'GET / HTTP/1.1|Host: h||', 200 OK",
    "'GET /?a=b HTTP/1.1|Host: h||', 200 OK",
    "'HEAD / HTTP/1.1|Host: h||', 200 OK",
    "'nonsense||', 400 Bad Request",
    "'GET / HTTP/1.1|Upgrade: websocket|Connection: Upgrade|Host: h||', 426 Upgrade Required",
    "'ASKOrigin: http://evil||', 403 Forbidden",
    "'ASKOrigin: http://h:1||', 101 Switching Protocols",
    "'ASKOrigin: https://a.example||', 101 Switching Protocols",
    "'ASKContent-Length: 1||x', 400 Bad Request",
    "'ASKHost: evil||', 400 Bad Request",
    "'ASKOrigin: http://h:1|Origin: http://evil||', 400 Bad Request",
    "'GET http://h:1/ HTTP/1.1|Host: h:1||', 200 OK",
    "'GET HTTP://h:1?a HTTP/1.1|Host: h:1||', 200 OK",
    "'GET http://h:1/x HTTP/1.1|Host: h:1||', 404 Not Found",
    "'GET //h:1/ HTTP/1.1|Host: h:1||', 404 Not Found",
  })
  void answersEachRequestWithTheStatusThatFits(String request, String status) throws Exception {
    String sent = request.replace("ASK", ASK).replace("|", "\r\n");
    try (dev.echo.testing.Peer peer = connect().send(ascii(sent)).finish()) {
      String answer = new String(peer.readToEnd(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 " + status + "\r\n");
      if (status.startsWith("200") && request.startsWith("GET")) {
        assertThat(answer).contains("content-security-policy: default-src 'none'");
        assertThat(answer).endsWith("</html>\n");
      } else if (status.startsWith("200")) {
        assertThat(answer).endsWith("\r\n\r\n").containsPattern("content-length: [0-9]{4,}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16 << 10, 31 << 10})
  void opensWithManyCookies(int bytes) throws Exception {
    try (dev.echo.testing.Peer peer = connect()) {
      peer.send(ascii(ASK + "Cookie: a=" + "a".repeat(bytes) + "\r\n\r\n"));

      assertThat(new String(peer.read(ANSWER.length()), StandardCharsets.US_ASCII))
          .isEqualTo(ANSWER);
    }
  }

  @Test
  void namesOriginAndHostThatDoNotBelongTogether() throws Exception {
    try (dev.echo.testing.Peer peer = connect()) {
      peer.send(ascii(ASK + "Origin: http://other.example\r\n\r\n"));

      assertThat(new String(peer.finish().readToEnd(), StandardCharsets.US_ASCII))
          .contains(
              "origin 'http://other.example' may not connect to host 'h:1'", "--allow-origin");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /', 414 Request-URI Too Long, the request line is longer than 8 KiB",
    "'GET / HTTP/1.1\r\nA: ', 431 Request Header, the headers are longer than 32 KiB"
  })
  void refusesAnEndlessHeader(String begin, String status, String why) throws Exception {
    try (dev.echo.testing.Peer peer = connect()) {
      peer.send(ascii(begin + "a".repeat(100_000)));

      String answer = new String(peer.finish().readToEnd(), StandardCharsets.US_ASCII);

      assertThat(answer).startsWith("HTTP/1.1 " + status).contains(why);
    }
  }

  @Test
  void endsARequestThatComesTooSlowly() throws Exception {
    restart(Limits.builder().stallTimeout(Duration.ofMillis(200)).build());
    try (dev.echo.testing.Peer peer = connect().send(ascii("GET / HTTP/1.1\r\nHo"))) {
      assertThat(new String(peer.readToEnd(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 408 Request Timeout");
    }
  }

  @Test
  void endsAMessageThatDoesNotGoOn() throws Exception {
    restart(Limits.builder().stallTimeout(Duration.ofMillis(200)).build());
    try (dev.echo.testing.Peer peer = open().send(masked(0x82, utf8("abc")).first(7).toArray())) {
      Bytes end = Bytes.of(peer.readToEnd());

      assertThat(end.hex()).startsWith(plain(0x02, utf8("a")).hex() + "88").contains("03e9");
    }
  }

  @Test
  void stopsReadingFromAPeerThatDoesNotRead() throws Exception {
    try (SocketChannel unread = dev.echo.testing.Peer.unread(port())) {
      unread.write(ByteBuffer.wrap(ascii(ASK + "\r\n")));
      unread.write(ByteBuffer.wrap(new Bytes("82ff000000010000000078787878").toArray()));

      long taken = dev.echo.testing.Peer.fill(unread, 65536, 64 << 20, 500);

      assertThat(taken).isLessThan(16 << 20);
    }
  }

  @Test
  void saysGoodbyeToBothKindsOfPeersWhenDraining() throws Exception {
    EchoClient client = client(ClientMode.FRAMES);
    get(client.echo("first"));
    try (dev.echo.testing.Peer peer = open()) {
      peer.send(masked(0x81, utf8("x")).toArray());
      peer.read(3);

      server.drain(Duration.ofSeconds(5));

      assertThat(Bytes.of(peer.readToEnd()))
          .isEqualTo(plain(0x88, closing(1001, "the server is shutting down")));
    }
    get(client.ended());
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void carriesTheClientsStream(ClientMode mode) throws Exception {
    byte[] large = new byte[3_000_000];
    new Random(SEED).nextBytes(large);
    EchoClient client = client(mode);

    EchoReply reply = get(client.echo("h\u00e9"));
    get(client.echo(new byte[0]));
    get(client.echo(large));

    assertThat(client.peer()).isEqualTo(mode == ClientMode.FRAMES ? Peer.AWARE : Peer.PLAIN);
    assertThat(reply.serviceTimeNanos()).isPositive();
    get(client.finish());
  }

  @Test
  void refusesALargeFrameByAnErrorThatTheClientShows() throws Exception {
    restart(Limits.builder().maxFrameBytes(1000).build());
    EchoClient client = client(ClientMode.FRAMES);

    assertThatThrownBy(() -> get(client.echo(new byte[100_000])))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("allowed: 1000");
  }

  @Test
  void namesWhatIsNoWebSocket() throws Exception {
    Endpoint elsewhere = Endpoint.parse("ws://127.0.0.1:" + port() + "/elsewhere");

    assertThatThrownBy(() -> get(EchoClient.connect(elsewhere)))
        .cause()
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("no WebSocket: answered HTTP/1.1 404 Not Found");
  }

  @Test
  void namesAPlainEchoByWhatItAnswers() throws Exception {
    EchoServer tcp = Servers.start(EchoServer.builder().listen(Servers.ANYWHERE));
    try {
      Endpoint endpoint = Endpoint.parse("ws://127.0.0.1:" + Servers.port(tcp));

      assertThatThrownBy(() -> get(EchoClient.connect(endpoint)))
          .cause()
          .hasMessageContaining("no WebSocket: answered GET / HTTP/1.1");
    } finally {
      Servers.close(tcp);
    }
  }

  private EchoClient client(ClientMode mode) throws Exception {
    return get(
        EchoClient.connect(server.endpoints().get(0), ClientConfig.builder().mode(mode).build()));
  }

  private static <T> T get(java.util.concurrent.CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
