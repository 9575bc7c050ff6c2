package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.caller.Networks;
import dev.echo.caller.ProxyPolicy;
import dev.echo.caller.ProxyPolicy.UnixPeers;
import dev.echo.caller.ProxyVersion;
import dev.echo.client.ClientConfig;
import dev.echo.client.ClientMode;
import dev.echo.client.EchoClient;
import dev.echo.client.Stamps;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import dev.echo.metrics.EchoCounters;
import dev.echo.metrics.EchoSnapshot;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Eventually;
import dev.echo.testing.Peer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What an observer is told of as echoed: what goes back of what came, on every carrier. */
@Timeout(60)
class EchoedBytesTest {
  private static final int PAYLOAD_BYTES = 12;
  private static final int FRAME_BYTES =
      Preface.BYTES + FrameHeader.BYTES + Stamp.BYTES + PAYLOAD_BYTES;

  /** Of a short fragment without a mask (RFC 6455, 5.2). */
  private static final int FRAGMENT_HEADER_BYTES = 2;

  @TempDir Path directory;

  private final EchoCounters counters = new EchoCounters();
  private EchoServer server;

  private void start(Endpoint endpoint, ServerFront front) throws Exception {
    server = Servers.start(EchoServer.builder().front(front).observer(counters).listen(endpoint));
  }

  @AfterEach
  void close() throws Exception {
    Servers.close(server);
  }

  private void echo(ClientFront front, ClientMode mode) throws Exception {
    Transport transport = Transport.NIO;
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    Endpoint endpoint = server.endpoints().get(0);
    try {
      ClientConfig config =
          ClientConfig.builder()
              .mode(mode)
              .stamps(mode == ClientMode.FRAMES ? Stamps.ON : Stamps.OFF)
              .front(front)
              .build();
      Bootstrap bootstrap = new Bootstrap().group(loops).channel(transport.channelType(endpoint));
      EchoClient client = await(EchoClient.connect(bootstrap, endpoint, config));
      await(client.echo(new byte[PAYLOAD_BYTES]));
      await(client.finish());
    } finally {
      loops.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private EchoSnapshot atTheEnd() {
    Eventually.eventually(
        "closed", () -> counters.snapshot().accepted() == 1 && counters.snapshot().open() == 0);
    return counters.snapshot();
  }

  @ParameterizedTest
  @EnumSource(names = "UDP", mode = Mode.EXCLUDE)
  void areThoseOfTheEchoAlone(Carrier carrier) throws Exception {
    int header = carrier.kind() == Carrier.Kind.MESSAGES ? FRAGMENT_HEADER_BYTES : 0;
    start(carrier.anywhere(directory), carrier.serverFront());

    echo(carrier.clientFront(), ClientMode.FRAMES);

    assertThat(atTheEnd().bytesEchoed()).isEqualTo(FRAME_BYTES + header);
  }

  @ParameterizedTest
  @EnumSource(names = "UDP", mode = Mode.EXCLUDE)
  void areThoseOfTheEchoAloneInStreamMode(Carrier carrier) throws Exception {
    int header = carrier.kind() == Carrier.Kind.MESSAGES ? FRAGMENT_HEADER_BYTES : 0;
    start(carrier.anywhere(directory), carrier.serverFront());

    echo(carrier.clientFront(), ClientMode.STREAM);

    assertThat(atTheEnd().bytesEchoed()).isEqualTo(PAYLOAD_BYTES + header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:0", "ws://127.0.0.1:0"})
  void areThoseOfTheEchoAloneBehindAProxy(String uri) throws Exception {
    ProxyPolicy policy =
        new ProxyPolicy(
            ProxyPolicy.Mode.REQUIRED, Networks.of(List.of("127.0.0.1")), UnixPeers.UNTRUSTED);
    int header = uri.startsWith("ws") ? FRAGMENT_HEADER_BYTES : 0;
    start(Endpoint.parse(uri), ServerFront.NONE.proxy(policy));

    echo(ClientFront.NONE.sendProxy(ProxyVersion.V2), ClientMode.FRAMES);

    assertThat(atTheEnd().bytesEchoed()).isEqualTo(FRAME_BYTES + header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1", "GET /nowhere HTTP/1.1", "POST / HTTP/1.1", "nonsense"})
  void areNoneOfWhatIsAnsweredInHttp(String request) throws Exception {
    start(Endpoint.parse("ws://127.0.0.1:0"), ServerFront.NONE);

    try (Peer peer = peer()) {
      peer.send((request + "\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(peer.finish().readToEnd()).isNotEmpty();
    }

    EchoSnapshot seen = atTheEnd();
    assertThat(seen.bytesReceived()).isPositive();
    assertThat(seen.bytesEchoed()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"WHOAMI, 02", "malformed, 09"})
  void areNoneOfWhatTheServerSaysByItself(String what, String type) throws Exception {
    start(Endpoint.parse("tcp://127.0.0.1:0"), ServerFront.NONE);
    byte[] header = HexFormat.of().parseHex("00000000" + type + "000000");

    try (Peer peer = peer()) {
      peer.send(HexFormat.of().parseHex("fe4543484f0d0a01")).send(header);
      assertThat(peer.finish().readToEnd()).hasSizeGreaterThan(Preface.BYTES + FrameHeader.BYTES);
    }

    assertThat(atTheEnd().bytesEchoed()).as(what).isEqualTo(Preface.BYTES);
  }

  private Peer peer() throws Exception {
    return new Peer(((NetworkEndpoint) server.endpoints().get(0)).port());
  }
}
