package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.frame.DatagramFrame;
import dev.echo.frame.FrameType;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import dev.echo.limit.DatagramLimits;
import dev.echo.metrics.EchoCounters;
import dev.echo.metrics.Refusal;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Eventually;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("transports")
class DatagramServerTest {
  private static final UdpEndpoint ANYWHERE = UdpEndpoint.of("127.0.0.1", 0);
  private static final int SEED = 4711;

  @Parameter Transport transport;

  private final EchoCounters counters = new EchoCounters();
  private InetSocketAddress target = new InetSocketAddress(0);

  static List<Transport> transports() {
    return Servers.transports();
  }

  private EchoServerBuilder builder() {
    return EchoServer.builder().transport(transport).listen(ANYWHERE).observer(counters);
  }

  private static int port(EchoServer server) {
    return ((NetworkEndpoint) server.endpoints().get(0)).port();
  }

  /** A connected socket of the JDK would not send an empty datagram. */
  private DatagramSocket client(EchoServer server) throws IOException {
    target = new InetSocketAddress("127.0.0.1", port(server));
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    socket.setSoTimeout(5_000);
    return socket;
  }

  private void send(DatagramSocket socket, byte[] bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, target));
  }

  private static byte[] receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[70_000], 70_000);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private byte[] exchange(DatagramSocket socket, byte[] bytes) throws IOException {
    send(socket, bytes);
    return receive(socket);
  }

  private static byte[] frame(long sequence, byte[] payload) {
    ByteBuf frame = Unpooled.buffer();
    DatagramFrame.writeRequest(frame, FrameType.BINARY, sequence, payload.length);
    return ByteBufUtil.getBytes(frame.writeBytes(payload));
  }

  @Test
  void returnsDatagramsOfEverySize() throws Exception {
    EchoServer server = Servers.start(builder());
    Random random = new Random(SEED);

    try (DatagramSocket client = client(server)) {
      for (int size : new int[] {0, 1, 7, 8, 1472, 65_506, DatagramFrame.MAX_DATAGRAM_BYTES}) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        assertThat(exchange(client, bytes)).as("%s bytes, seed %s", size, SEED).isEqualTo(bytes);
      }
    }

    assertThat(counters.snapshot().datagramsEchoed()).isEqualTo(7);
    Servers.close(server);
  }

  /** Seen red with epoll without the stage for empty datagrams: others came back twice. */
  @Test
  void returnsEachDatagramOnceWhenEmptyOnesAreAmongThem() throws Exception {
    EchoServer server = Servers.start(builder());

    try (DatagramSocket client = client(server)) {
      int empty = 0;
      List<Integer> others = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        send(client, i % 2 == 0 ? new byte[0] : new byte[] {(byte) i});
      }
      for (int i = 0; i < 100; i++) {
        byte[] came = receive(client);
        if (came.length == 0) {
          empty++;
        } else {
          others.add((int) came[0]);
        }
      }
      assertThat(empty).isEqualTo(50);
      assertThat(others).hasSize(50).doesNotHaveDuplicates();
      assertSilent(client);
    }

    Servers.close(server);
  }

  @Test
  void answersFramesWithStampsCountedForEachSource() throws Exception {
    EchoServer server = Servers.start(builder());

    try (DatagramSocket one = client(server);
        DatagramSocket other = client(server)) {
      assertAnswer(one, 41, 1);
      assertAnswer(one, 42, 2);
      assertAnswer(other, 7, 1);
      assertThat(exchange(one, new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
    }

    Servers.close(server);
  }

  private void assertAnswer(DatagramSocket socket, long sequence, long count) throws IOException {
    byte[] request = frame(sequence, new byte[] {5, 6, 7});
    ByteBuf answer = Unpooled.wrappedBuffer(exchange(socket, request));
    assertThat(DatagramFrame.isAnswer(answer)).isTrue();
    assertThat(answer.readableBytes()).isEqualTo(request.length);
    Stamp stamp = Stamp.read(answer, DatagramFrame.stampIndex(answer));
    assertThat(stamp.sequence()).isEqualTo(sequence);
    assertThat(stamp.count()).isEqualTo(count);
    assertThat(stamp.residenceNanos()).isBetween(0L, TimeUnit.SECONDS.toNanos(10));
    assertThat(ByteBufUtil.getBytes(answer.skipBytes(DatagramFrame.STAMPED_OVERHEAD)))
        .containsExactly(5, 6, 7);
  }

  @Test
  void returnsFramesUntouchedInStreamMode() throws Exception {
    EchoServer server = Servers.start(builder().mode(EchoMode.STREAM));

    try (DatagramSocket client = client(server)) {
      byte[] frame = frame(3, new byte[] {1});
      assertThat(exchange(client, frame)).isEqualTo(frame);
    }

    Servers.close(server);
  }

  @Test
  void returnsWhatIsNoSoundFrameAsItIs() throws Exception {
    EchoServer server = Servers.start(builder());

    try (DatagramSocket client = client(server)) {
      byte[] frame = frame(3, new byte[] {1, 2});
      byte[] shorter = Arrays.copyOf(frame, frame.length - 1);
      byte[] longer = Arrays.copyOf(frame, frame.length + 1);
      byte[] bare = Arrays.copyOf(frame, Preface.BYTES);
      assertThat(exchange(client, shorter)).isEqualTo(shorter);
      assertThat(exchange(client, longer)).isEqualTo(longer);
      assertThat(exchange(client, bare)).isEqualTo(bare);
    }

    Servers.close(server);
  }

  @Test
  void neverAnswersAnAnswerSoThatTwoServersFallSilent() throws Exception {
    EchoServer server = Servers.start(builder());

    try (DatagramSocket client = client(server)) {
      byte[] answer = exchange(client, frame(0, new byte[0]));
      send(client, answer);
      assertSilent(client);
    }

    assertThat(counters.snapshot().refused(Refusal.ANSWER)).isEqualTo(1);
    Servers.close(server);
  }

  @Test
  void neverAnswersThePortOfAnyOfItsListeners() throws Exception {
    EchoServer server = Servers.start(builder().listen(Servers.ANYWHERE));
    int tcpPort = ((NetworkEndpoint) server.endpoints().get(1)).port();

    try (DatagramSocket sameNumber =
        new DatagramSocket(tcpPort, InetAddress.getByName("127.0.0.1"))) {
      target = new InetSocketAddress("127.0.0.1", port(server));
      send(sameNumber, new byte[] {1});
      Eventually.eventually("refused", () -> counters.snapshot().refused(Refusal.OWN_PORT) == 1);
      assertSilent(sameNumber);
    }

    Servers.close(server);
  }

  @Test
  void echoesNoMoreThanASourceMaySend() throws Exception {
    DatagramLimits few =
        new DatagramLimits(0.001, 3, DatagramLimits.UNLIMITED, DatagramLimits.Sources.ALL);
    EchoServer server = Servers.start(builder().front(ServerFront.NONE.datagrams(few)));

    try (DatagramSocket client = client(server)) {
      for (int i = 0; i < 10; i++) {
        send(client, new byte[] {(byte) i});
      }
      Eventually.eventually(
          "refused", () -> counters.snapshot().refused(Refusal.TOO_MANY_DATAGRAMS) == 7);
      assertThat(receive(client)).containsExactly(0);
      assertThat(receive(client)).containsExactly(1);
      assertThat(receive(client)).containsExactly(2);
      assertSilent(client);
    }

    Servers.close(server);
  }

  @Test
  void drainsAtOnceAndFreesItsPort() throws Exception {
    EchoServer server = Servers.start(builder());
    int port = port(server);

    server.drain(Duration.ofSeconds(5)).toCompletableFuture().get(2, TimeUnit.SECONDS);

    new DatagramSocket(port, InetAddress.getByName("127.0.0.1")).close();
  }

  /** What comes is counted before a later request is answered, so that is waited for. */
  private static void assertSilent(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(200);
    try {
      assertThat(receive(socket)).as("a datagram that should not have come").isNull();
    } catch (SocketTimeoutException expected) {
      assertThat(expected).isNotNull();
    }
    socket.setSoTimeout(5_000);
  }
}
