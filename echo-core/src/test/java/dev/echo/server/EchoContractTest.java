package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Transport;
import dev.echo.limit.Limits;
import dev.echo.testing.Bytes;
import dev.echo.testing.Eventually;
import dev.echo.testing.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/**
 * What every endpoint that carries bytes must do, over real sockets, on every transport of this
 * machine.
 */
@ParameterizedClass(name = "{0} on {1}")
@MethodSource("ways")
@Timeout(60)
class EchoContractTest {
  private static final byte[] PREFACE = new Bytes("fe4543484f0d0a01").toArray();
  private static final byte[] ANSWER = new Bytes("fe4543484f0d0a81").toArray();
  private static final byte[] HELLO =
      new Bytes("0000000501000000")
          .then(Bytes.of("hello".getBytes(StandardCharsets.UTF_8)))
          .toArray();

  @Parameter(0)
  Carrier carrier;

  @Parameter(1)
  Transport transport;

  @TempDir Path directory;

  private EchoServer server;

  static Stream<Arguments> ways() {
    return Carrier.ways(Carrier.Kind.STREAM)
        .filter(way -> ((Carrier) way.get()[0]).echoesAfterTheEnd((Transport) way.get()[1]));
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

  private Peer peer() throws IOException {
    return peer(0);
  }

  private Peer peer(int receiveBufferBytes) throws IOException {
    return new Peer(carrier.connect(server.endpoints().get(0), receiveBufferBytes));
  }

  @AfterEach
  void close() throws Exception {
    Servers.close(server);
  }

  private void restart(EchoServerBuilder builder) throws Exception {
    Servers.close(server);
    server = Servers.start(builder);
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    return Bytes.join(parts);
  }

  @Test
  void echoesStringsAndBytes() throws Exception {
    try (Peer peer = peer()) {
      for (String text : List.of("Hello, world", "ä漢🎈", "\0\r\n")) {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);

        assertThat(peer.send(sent).read(sent.length)).isEqualTo(sent);
      }
    }
  }

  @Test
  void echoesByteByByte() throws Exception {
    byte[] sent = join(PREFACE, HELLO, HELLO);
    byte[] echo = join(ANSWER, HELLO, HELLO);
    try (Peer peer = peer()) {
      for (byte one : sent) {
        peer.send(one);
      }

      assertThat(peer.read(echo.length)).isEqualTo(echo);
    }
  }

  @Test
  void echoesWhereverItIsSplit() throws Exception {
    byte[] sent = join(PREFACE, HELLO, HELLO);
    byte[] echo = join(ANSWER, HELLO, HELLO);
    for (int offset = 1; offset < sent.length; offset++) {
      try (Peer peer = peer()) {
        peer.send(Arrays.copyOf(sent, offset));
        peer.send(Arrays.copyOfRange(sent, offset, sent.length));

        assertThat(peer.read(echo.length)).as("split at %s", offset).isEqualTo(echo);
      }
    }
  }

  @Test
  void echoesManyMegabytesToAPeerThatReadsLate() throws Exception {
    byte[] sent = random(16 << 20);
    try (Peer peer = peer()) {
      var sending = peer.sendAndFinishBeside(sent);

      assertThat(peer.readToEnd()).isEqualTo(sent);
      sending.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void echoesAFrameOfManyMegabytes() throws Exception {
    byte[] payload = random(16 << 20);
    byte[] frame = join(new Bytes("0100000000000000").toArray(), payload);
    try (Peer peer = peer()) {
      var sending = peer.sendAndFinishBeside(join(PREFACE, frame, HELLO));

      assertThat(peer.readToEnd()).isEqualTo(join(ANSWER, frame, HELLO));
      sending.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void endsAnEmptyStreamAtOnce() throws Exception {
    try (Peer peer = peer()) {
      assertThat(peer.finish().readToEnd()).isEmpty();
    }
  }

  @Test
  void echoesEmptyMessages() throws Exception {
    byte[] empty = new byte[8];
    try (Peer peer = peer()) {
      peer.send(join(PREFACE, empty, empty)).finish();

      assertThat(peer.readToEnd()).isEqualTo(join(ANSWER, empty, empty));
    }
  }

  @Test
  void neverFreezesOnABeginningOfThePreface() throws Exception {
    for (int bytes = 1; bytes < PREFACE.length; bytes++) {
      byte[] begun = Arrays.copyOf(PREFACE, bytes);
      try (Peer waiting = peer();
          Peer finished = peer()) {
        waiting.send(begun);
        finished.send(begun).finish();

        assertThat(finished.readToEnd()).isEqualTo(begun);
        assertThat(waiting.read(bytes)).isEqualTo(begun);
        assertThat(waiting.send(HELLO).read(HELLO.length)).isEqualTo(HELLO);
      }
    }
  }

  @Test
  void answersMalformedFramesBehindWholeEchoesWhileMoreIsOnItsWay() throws Exception {
    List<String> bad =
        List.of(
            "0000000502000000",
            "0000000500040000",
            "0000001f00020000",
            "000000050f000000",
            "ffffffff63000000",
            "0000000500000001");
    for (String header : bad) {
      try (Peer peer = peer()) {
        peer.send(join(PREFACE, HELLO, new Bytes(header).toArray()));
        peer.sendAndFinishBeside(new byte[3_000_000]).get(10, TimeUnit.SECONDS);

        byte[] echoed = peer.readToEnd();

        byte[] whole = join(ANSWER, HELLO);
        assertThat(Arrays.copyOf(echoed, whole.length)).isEqualTo(whole);
        assertThat(echoed[whole.length + 4]).as("type, after %s", header).isEqualTo((byte) 15);
        assertThat(echoed[whole.length + 9]).as("code, after %s", header).isEqualTo((byte) 2);
      }
    }
  }

  @Test
  void interpretsNothingInStreamMode() throws Exception {
    restart(builder().mode(EchoMode.STREAM));
    byte[] sent = join(PREFACE, new Bytes("0000000502000000").toArray());
    try (Peer peer = peer()) {
      assertThat(peer.send(sent).finish().readToEnd()).isEqualTo(sent);
    }
  }

  @Test
  void refusesOtherPeersInFramesMode() throws Exception {
    restart(builder().mode(EchoMode.FRAMES));
    try (Peer peer = peer()) {
      byte[] answer = peer.send((byte) 'G').readToEnd();

      assertThat(Arrays.copyOf(answer, 8)).isEqualTo(ANSWER);
      assertThat(answer[12]).isEqualTo((byte) 15);
    }
  }

  @Test
  void closesAConnectionWhosePeerDoesNotRead() throws Exception {
    restart(builder().limits(Limits.builder().stallTimeout(Duration.ofMillis(300)).build()));
    try (Peer peer = peer()) {
      var sending = peer.sendAndFinishBeside(new byte[64 << 20]);

      Eventually.eventually(
          "closed by the server", () -> sending.isDone() && server.connections() == 0);
      assertThat(sending).isCompletedExceptionally();
    }
  }

  @Test
  void leavesASlowReaderAlone() throws Exception {
    restart(builder().limits(Limits.builder().stallTimeout(Duration.ofSeconds(1)).build()));
    byte[] sent = random(8 << 20);
    try (Peer peer = peer(65536)) {
      var sending = peer.sendAndFinishBeside(sent);
      byte[] slow = new byte[0];
      for (int i = 0; i < 50; i++) {
        slow = join(slow, peer.read(32768));
        LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
      }

      assertThat(Arrays.mismatch(join(slow, peer.readToEnd()), sent))
          .as("first difference")
          .isEqualTo(-1);
      sending.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void endsAFrameThatStalls() throws Exception {
    restart(builder().limits(Limits.builder().stallTimeout(Duration.ofMillis(300)).build()));
    try (Peer insideHeader = peer();
        Peer insidePayload = peer()) {
      insideHeader.send(join(PREFACE, new byte[3]));
      insidePayload.send(join(PREFACE, Arrays.copyOf(HELLO, 10)));

      byte[] told = insideHeader.readToEnd();
      assertThat(told[12]).isEqualTo((byte) 15);
      assertThat(told[17]).isEqualTo((byte) 5);
      assertThat(insidePayload.readToEnd()).isEqualTo(join(ANSWER, Arrays.copyOf(HELLO, 10)));
    }
  }

  @Test
  void servesUpToItsLimitAndRecovers() throws Exception {
    restart(builder().limits(Limits.builder().maxConnections(2).build()));
    Peer first = peer();
    Peer second = peer();
    assertThat(first.send((byte) 1).read(1)).containsExactly(1);
    assertThat(second.send((byte) 1).read(1)).containsExactly(1);
    assertThat(isServed()).isFalse();
    first.close();
    Eventually.eventually("one left", () -> server.connections() == 1);
    try (Peer third = peer()) {
      assertThat(third.send((byte) 1).read(1)).containsExactly(1);
    }
    second.close();
  }

  /** A connection over the limit ends before anything comes: for TLS within its handshake. */
  private boolean isServed() {
    try (Peer peer = peer()) {
      return peer.send((byte) 1).read(1).length == 1;
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  void drainsWithoutLoss() throws Exception {
    List<Peer> streams = new ArrayList<>();
    List<Peer> frames = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Peer stream = peer();
      streams.add(stream);
      assertThat(stream.send(HELLO).read(HELLO.length)).isEqualTo(HELLO);
      Peer frame = peer();
      frames.add(frame);
      assertThat(frame.send(join(PREFACE, HELLO)).read(8 + HELLO.length)).hasSize(8 + HELLO.length);
      frame.send(Arrays.copyOf(HELLO, 10));
      assertThat(frame.read(10)).hasSize(10);
    }

    var drained = server.drain(Duration.ofSeconds(20)).toCompletableFuture();
    server.drain(Duration.ZERO);
    for (Peer stream : streams) {
      assertThat(stream.readToEnd()).isEmpty();
      stream.send((byte) 1).finish();
    }
    for (Peer frame : frames) {
      byte[] tail = Arrays.copyOfRange(HELLO, 10, HELLO.length);
      frame.send(join(tail, HELLO));
      String rest = Bytes.of(frame.readToEnd()).hex();
      // The next frame came before or after the drain did; then it is there whole, or not at all.
      assertThat(rest)
          .matches(Bytes.of(tail).hex() + "(" + Bytes.of(HELLO).hex() + ")?.{8}0f0000000003.*");
      frame.finish();
    }

    drained.get(10, TimeUnit.SECONDS);
    for (Peer peer : join(streams, frames)) {
      peer.close();
    }
  }

  private static <T> List<T> join(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  @Test
  void forcesWhoDoesNotEndInTime() throws Exception {
    try (Peer peer = peer()) {
      assertThat(peer.send((byte) 1).read(1)).containsExactly(1);

      server.drain(Duration.ofMillis(100)).toCompletableFuture().get(10, TimeUnit.SECONDS);

      assertThat(server.connections()).isZero();
      assertThat(peer.end()).isEqualTo("FIN");
    }
  }

  @Test
  void keepsNothingOfPeersThatFinishAndReset() throws Exception {
    try (Peer peer = peer()) {
      peer.send((byte) 1).read(1);
    }
    Eventually.eventually("warm and quiet", () -> server.connections() == 0);
    int before = Servers.descriptors();
    for (int i = 0; i < 100; i++) {
      Peer peer = peer();
      peer.send(new byte[1 + i * 150]).finish();
      peer.reset();
    }

    Eventually.eventually("all gone", () -> server.connections() == 0);
    Eventually.eventually("descriptors back", () -> Servers.descriptors() <= before);
  }
}
