package dev.echo.server;

import static dev.echo.testing.Fragments.closing;
import static dev.echo.testing.Fragments.masked;
import static dev.echo.testing.Fragments.plain;
import static dev.echo.testing.Fragments.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.Transport;
import dev.echo.limit.Limits;
import dev.echo.testing.Bytes;
import dev.echo.testing.Eventually;
import dev.echo.testing.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server does for each peer that sends messages, whatever their bytes come in. */
@ParameterizedClass(name = "{0} on {1}")
@MethodSource("ways")
@Timeout(60)
class MessageContractTest {
  private static final byte[] ASK =
      """
      GET / HTTP/1.1
      Host: h
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

      """
          .replace("\n", "\r\n")
          .getBytes(StandardCharsets.US_ASCII);
  private static final int TEXT = 0x81;
  private static final int BINARY = 0x82;
  private static final int CLOSE = 0x88;
  private static final byte[] GOODBYE = masked(CLOSE, closing(1000, "")).toArray();
  private static final byte[] GOODBYE_ECHO = plain(CLOSE, closing(1000, "")).toArray();

  @Parameter(0)
  Carrier carrier;

  @Parameter(1)
  Transport transport;

  @TempDir Path directory;

  private EchoServer server;

  static Stream<Arguments> ways() {
    return Carrier.ways(Carrier.Kind.MESSAGES);
  }

  @BeforeEach
  void start() throws Exception {
    server = Servers.start(builder());
  }

  private EchoServerBuilder builder() {
    return EchoServer.builder()
        .transport(transport)
        .front(carrier.serverFront())
        .listen(carrier.anywhere(directory));
  }

  @AfterEach
  void close() throws Exception {
    Servers.close(server);
  }

  private void restart(Limits limits) throws Exception {
    Servers.close(server);
    server = Servers.start(builder().limits(limits));
  }

  private Peer peer() throws IOException {
    return peer(0);
  }

  /** A peer whose handshake is done. */
  private Peer peer(int receiveBufferBytes) throws IOException {
    Peer peer = new Peer(carrier.connect(server.endpoints().get(0), receiveBufferBytes));
    peer.send(ASK);
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      byte[] one = peer.read(1);
      if (one.length == 0) {
        throw new IOException("ended in the handshake: " + answer);
      }
      answer.append((char) one[0]);
    }
    assertThat(answer).startsWith("HTTP/1.1 101 ");
    return peer;
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static byte[] binary(byte[] payload) {
    return masked(BINARY, Bytes.of(payload)).toArray();
  }

  /** The payload of the next message, however many fragments it comes in. */
  private static byte[] message(Peer peer) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    int first;
    do {
      byte[] head = peer.read(2);
      first = head[0];
      int length = head[1];
      assertThat(length).as("a server masks nothing").isNotNegative();
      if (length >= 126) {
        byte[] more = peer.read(length == 126 ? 2 : 8);
        length = (int) ByteBuffer.wrap(Bytes.join(new byte[8 - more.length], more)).getLong();
      }
      payload.writeBytes(peer.read(length));
    } while (first >= 0); // The highest bit says that it is the last one.
    return payload.toByteArray();
  }

  @Test
  void echoesTextsBytesAndNothing() throws Exception {
    try (Peer peer = peer()) {
      for (String text : new String[] {"Hello, world", "\u00e4\u6f22\ud83c\udf88", ""}) {
        peer.send(masked(TEXT, utf8(text)).toArray());
        assertThat(message(peer)).asString(StandardCharsets.UTF_8).isEqualTo(text);
      }
      peer.send(binary(new byte[] {-2, 0, -1}));
      assertThat(message(peer)).containsExactly(-2, 0, -1);
    }
  }

  @Test
  void echoesByteByByte() throws Exception {
    try (Peer peer = peer()) {
      for (byte one : Bytes.join(binary(random(200)), binary(random(3)))) {
        peer.send(one);
      }

      assertThat(message(peer)).isEqualTo(random(200));
      assertThat(message(peer)).isEqualTo(random(3));
    }
  }

  @Test
  void echoesWhereverItIsSplit() throws Exception {
    byte[] sent = Bytes.join(binary(random(130)), binary(random(5)));
    try (Peer peer = peer()) {
      for (int offset = 1; offset < sent.length; offset++) {
        peer.send(Arrays.copyOf(sent, offset));
        peer.send(Arrays.copyOfRange(sent, offset, sent.length));

        assertThat(message(peer)).as("split at %s", offset).isEqualTo(random(130));
        assertThat(message(peer)).as("split at %s", offset).isEqualTo(random(5));
      }
    }
  }

  @Test
  void echoesManyMessagesThatComeAtOnce() throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int i = 0; i < 200; i++) {
      sent.writeBytes(binary(random(i)));
    }
    try (Peer peer = peer()) {
      peer.send(sent.toByteArray());

      for (int i = 0; i < 200; i++) {
        assertThat(message(peer)).as("message of %s bytes", i).isEqualTo(random(i));
      }
    }
  }

  @Test
  void echoesManyMegabytesToAPeerThatReadsLate() throws Exception {
    byte[] payload = random(16 << 20);
    try (Peer peer = peer()) {
      var sending = peer.sendAndFinishBeside(Bytes.join(binary(payload), GOODBYE));
      Eventually.eventually("taken in", () -> server.connections() == 1);

      assertThat(Arrays.mismatch(message(peer), payload)).as("first difference").isEqualTo(-1);
      assertThat(peer.readToEnd()).isEqualTo(GOODBYE_ECHO);
      sending.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void leavesASlowReaderAlone() throws Exception {
    restart(Limits.builder().stallTimeout(Duration.ofSeconds(1)).build());
    byte[] payload = random(1 << 20);
    try (Peer peer = peer(65536)) {
      var sending = peer.sendAndFinishBeside(Bytes.join(repeated(binary(payload), 8), GOODBYE));
      for (int i = 0; i < 8; i++) {
        assertThat(Arrays.mismatch(message(peer), payload)).as("message %s", i).isEqualTo(-1);
        LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
      }

      assertThat(peer.readToEnd()).isEqualTo(GOODBYE_ECHO);
      sending.get(10, TimeUnit.SECONDS);
    }
  }

  private static byte[] repeated(byte[] bytes, int times) {
    byte[][] all = new byte[times][];
    Arrays.fill(all, bytes);
    return Bytes.join(all);
  }

  @Test
  void closesAConnectionWhosePeerDoesNotRead() throws Exception {
    // The handshake, too, has to be done within that.
    restart(Limits.builder().stallTimeout(Duration.ofSeconds(1)).build());
    try (Peer peer = peer()) {
      var sending = peer.sendAndFinishBeside(binary(new byte[32 << 20]));

      Eventually.eventually(
          "closed by the server", () -> sending.isDone() && server.connections() == 0);
      assertThat(sending).isCompletedExceptionally();
    }
  }

  @Test
  void servesUpToItsLimitAndRecovers() throws Exception {
    restart(Limits.builder().maxConnections(2).build());
    Peer first = peer();
    Peer second = peer();
    assertThat(isServed()).isFalse();
    first.close();
    Eventually.eventually("one left", () -> server.connections() == 1);
    try (Peer third = peer()) {
      assertThat(third.send(binary(new byte[] {1})).read(3)).containsExactly(BINARY - 256, 1, 1);
    }
    second.close();
  }

  private boolean isServed() {
    try {
      peer().close();
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  void endsInOrderBehindTheLastEcho() throws Exception {
    try (Peer peer = peer()) {
      peer.send(Bytes.join(binary(random(1000)), GOODBYE));

      assertThat(message(peer)).isEqualTo(random(1000));
      assertThat(peer.readToEnd()).isEqualTo(GOODBYE_ECHO);
    }
    Eventually.eventually("gone", () -> server.connections() == 0);
  }

  @Test
  void drainsBehindTheMessageThatIsUnderWay() throws Exception {
    byte[] sent = binary(random(100));
    try (Peer peer = peer()) {
      peer.send(Arrays.copyOf(sent, 50));
      peer.read(1);

      var drained = server.drain(Duration.ofSeconds(20)).toCompletableFuture();
      peer.send(Arrays.copyOfRange(sent, 50, sent.length));

      assertThat(Bytes.of(peer.readToEnd()).hex())
          .endsWith(plain(CLOSE, closing(1001, "the server is shutting down")).hex());
      peer.finish();
      drained.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void keepsNothingOfPeersThatReset() throws Exception {
    try (Peer peer = peer()) {
      peer.send(binary(new byte[] {1})).read(3);
    }
    Eventually.eventually("warm and quiet", () -> server.connections() == 0);
    int before = Servers.descriptors();
    for (int i = 0; i < 200; i++) {
      Peer peer = peer();
      peer.send(Arrays.copyOf(binary(random(10_000)), 1 + i * 40));
      peer.reset();
    }

    Eventually.eventually("all gone", () -> server.connections() == 0);
    Eventually.eventually("descriptors back", () -> Servers.descriptors() <= before);
  }
}
