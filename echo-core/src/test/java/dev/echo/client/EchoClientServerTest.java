package dev.echo.client;

import static dev.echo.client.Stages.await;
import static dev.echo.client.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameType;
import dev.echo.frame.Stamp;
import dev.echo.limit.Limits;
import dev.echo.server.EchoServer;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client against our own server. */
class EchoClientServerTest {
  private final List<EchoServer> servers = new ArrayList<>();

  @AfterEach
  void stopServers() throws Exception {
    for (EchoServer server : servers) {
      await(server.close());
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void echoesEverythingThroughAnAutomaticServer(ClientMode mode) throws Exception {
    Endpoint endpoint = start(EchoMode.AUTO, Limits.DEFAULT);
    ClientConfig config = ClientConfig.builder().mode(mode).prefaceData(PrefaceData.REFUSE).build();
    EchoClient client = await(EchoClient.connect(endpoint, config));

    client.echo("Hello, world");
    client.echo("");
    client.echo(new byte[1 << 20]);
    OutgoingMessage message = client.open(FrameType.BINARY);
    for (int i = 0; i < 256; i++) {
      await(message.write(ByteBufAllocator.DEFAULT.buffer(65_536).writeZero(65_536)));
    }
    message.end();

    EchoSummary summary = await(client.finish());
    assertThat(summary).isEqualTo(new EchoSummary(4, 4, 12 + (1 << 20) + (16L << 20)));
    assertThat(client.peer()).isEqualTo(mode == ClientMode.FRAMES ? Peer.AWARE : Peer.PLAIN);
  }

  @Test
  void reportsTheTimesOfTheServer() throws Exception {
    Endpoint endpoint = start(EchoMode.FRAMES, Limits.DEFAULT);
    ClientConfig config = ClientConfig.builder().stamps(Stamps.ON).build();
    EchoClient client = await(EchoClient.connect(endpoint, config));

    for (int i = 0; i < 3; i++) {
      EchoReply reply = await(client.echo("message " + i));

      Stamp stamp = reply.stamp();
      assertThat(stamp).isNotNull();
      assertThat(stamp.sequence()).isEqualTo(i);
      assertThat(stamp.count()).isEqualTo(i + 1);
      assertThat(stamp.residenceNanos()).isBetween(0L, reply.serviceTimeNanos());
    }
    assertThat(await(client.finish()).echoed()).isEqualTo(3);
  }

  @Test
  void isToldThatAFrameIsTooLarge() throws Exception {
    Limits limits = Limits.builder().maxFrameBytes(1000).build();
    Endpoint endpoint = start(EchoMode.FRAMES, limits);
    EchoClient client = await(EchoClient.connect(endpoint));
    CompletionStage<EchoReply> small = client.echo(new byte[1000]);
    CompletionStage<EchoReply> large = client.echo(new byte[5_000_000]);

    RefusedException why = failure(large, RefusedException.class);

    assertThat(await(small).bytes()).isEqualTo(1000);
    assertThat(why.error().is(ErrorCode.FRAME_TOO_LARGE)).isTrue();
    assertThat(why.echoed()).isEqualTo(1);
  }

  @Test
  void endsInOrderWhenAnIdleConnectionIsDrained() throws Exception {
    Endpoint endpoint = start(EchoMode.FRAMES, Limits.DEFAULT);
    EchoClient client = await(EchoClient.connect(endpoint));
    await(client.echo("Hello"));

    CompletionStage<Void> drained = servers.get(0).drain(Duration.ofSeconds(10));

    assertThat(await(client.ended())).isEqualTo(new EchoSummary(1, 1, 5));
    RefusedException why = failure(client.echo("more"), RefusedException.class);
    assertThat(why.error().is(ErrorCode.DRAINING)).isTrue();
    await(drained);
  }

  private Endpoint start(EchoMode mode, Limits limits) throws Exception {
    EchoServer server =
        await(
            EchoServer.builder()
                .listen(Endpoint.parse("tcp://127.0.0.1:0"))
                .mode(mode)
                .limits(limits)
                .start());
    servers.add(server);
    return server.endpoints().get(0);
  }
}
