package dev.echo.client;

import static dev.echo.client.Stages.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.frame.FrameType;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EchoClientTest {
  private static MultiThreadIoEventLoopGroup group;
  private static Bootstrap bootstrap;

  @BeforeAll
  static void startLoops() {
    group = new MultiThreadIoEventLoopGroup(1, Transport.best().ioHandlers());
    bootstrap =
        new Bootstrap()
            .group(group)
            .channel(Transport.best().channelType(TcpEndpoint.of("localhost", 0)));
  }

  @AfterAll
  static void stopLoops() throws Exception {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void echoesTextBytesAndEmptyMessagesAndFinishesInOrder(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      // given a client with an event loop of its own
      ClientConfig config = ClientConfig.builder().mode(mode).build();
      EchoClient client = await(EchoClient.connect(peer.endpoint(), config));

      // when
      EchoReply text = await(client.echo("Hello, wörld"));
      EchoReply empty = await(client.echo(""));
      EchoReply bytes = await(client.echo(new byte[100_000]));
      EchoSummary summary = await(client.finish());

      // then
      assertThat(text.bytes()).isEqualTo(13);
      assertThat(text.type()).isEqualTo(FrameType.TEXT);
      assertThat(text.serviceTimeNanos()).isPositive();
      assertThat(empty.bytes()).isZero();
      assertThat(bytes.bytes()).isEqualTo(100_000);
      assertThat(summary).isEqualTo(new EchoSummary(3, 3, 100_013));
      assertThat(await(client.ended())).isEqualTo(summary);
      assertThat(client.peer()).isEqualTo(Peer.PLAIN);
      assertThat(client.connectTime()).isPositive();
      assertThat(client.remoteAddress()).isEqualTo(peer.address());
      assertThat(client.localAddress()).isNotNull();
      await(client.close());
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void keepsOrderOfManyPipelinedMessages(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, mode);
      Random random = new Random(1);
      List<Long> order = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        long index = i;
        client.echo(bytes).thenAccept(reply -> order.add(index));
      }

      EchoSummary summary = await(client.finish());

      assertThat(summary.echoed()).isEqualTo(5000);
      assertThat(order).hasSize(5000).isSorted();
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void readsEchoesThatComeByteByByte(ClientMode mode) throws Exception {
    Talk.Script dripping =
        socket -> {
          InputStream in = socket.getInputStream();
          OutputStream out = socket.getOutputStream();
          for (int next = in.read(); next >= 0; next = in.read()) {
            out.write(next);
          }
          socket.shutdownOutput();
        };
    try (Talk peer = Talk.with(dripping)) {
      EchoClient client = connect(peer, mode);
      for (int i = 0; i < 50; i++) {
        client.echo("message " + i);
      }

      assertThat(await(client.finish()).echoed()).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void streamsAMessageOfUnknownSizeThroughAWindow(ClientMode mode) throws Exception {
    int pieceBytes = 64 * 1024;
    int pieces = 1024;
    try (Talk peer = Talk.with(Talk::echo)) {
      // given a client that counts what came back
      AtomicLong received = new AtomicLong();
      ClientConfig config =
          ClientConfig.builder()
              .mode(mode)
              .replies(content -> received.addAndGet(content.readableBytes()))
              .build();
      EchoClient client = await(EchoClient.connect(bootstrap, peer.endpoint(), config));
      Random random = new Random(2);
      byte[] bytes = new byte[pieceBytes];

      // when 64 MiB are written, each piece when there is room
      OutgoingMessage message = client.open(FrameType.BINARY);
      CompletionStage<EchoReply> after = client.echo("after");
      long most = 0;
      for (int i = 0; i < pieces; i++) {
        random.nextBytes(bytes);
        await(message.write(ByteBufAllocator.DEFAULT.buffer(pieceBytes).writeBytes(bytes)));
        most = Math.max(most, (i + 1L) * pieceBytes - received.get());
      }
      EchoReply reply = await(message.end());

      // then it came back, no more than the window and two pieces was out, and order was kept
      assertThat(reply.bytes()).isEqualTo((long) pieces * pieceBytes);
      assertThat(most).isLessThanOrEqualTo(config.windowBytes() + 2L * pieceBytes);
      assertThat(await(after).bytes()).isEqualTo(5);
      assertThat(await(client.finish()).echoed()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void oneOpenMessageAfterTheOtherAndEmptyOnes(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, mode);

      OutgoingMessage first = client.open(FrameType.TEXT);
      assertThatThrownBy(() -> client.open(FrameType.TEXT))
          .isInstanceOf(IllegalStateException.class);
      CompletionStage<EchoReply> empty = first.end();
      OutgoingMessage second = client.open(FrameType.TEXT);
      second.write(Unpooled.EMPTY_BUFFER);
      second.write(Unpooled.copiedBuffer(new byte[] {1}));
      second.write(Unpooled.copiedBuffer(new byte[] {2, 3}));
      CompletionStage<EchoReply> three = second.end();

      assertThat(await(empty).bytes()).isZero();
      assertThat(await(three).bytes()).isEqualTo(3);
      assertThatThrownBy(second::end).isInstanceOf(IllegalStateException.class);
      ByteBuf late = Unpooled.buffer().writeByte(1);
      assertThatThrownBy(() -> second.write(late)).isInstanceOf(IllegalStateException.class);
      assertThat(late.refCnt()).isZero();
      assertThat(await(client.finish()).echoed()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void finishWaitsForAnOpenMessage(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, mode);
      OutgoingMessage message = client.open(FrameType.BINARY);
      await(message.write(Unpooled.copiedBuffer(new byte[] {1})));

      CompletionStage<EchoSummary> finished = client.finish();
      assertThat(Stages.failure(client.echo("late"))).isInstanceOf(IllegalStateException.class);
      await(message.write(Unpooled.copiedBuffer(new byte[] {2})));
      message.end();

      assertThat(await(finished)).isEqualTo(new EchoSummary(1, 1, 2));
    }
  }

  @Test
  void finishesWithinTheGraceWhenThePeerStaysOpen() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    Talk.Script echoAndStay =
        socket -> {
          InputStream in = socket.getInputStream();
          byte[] buffer = new byte[1024];
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            socket.getOutputStream().write(buffer, 0, n);
          }
          Stages.await(released);
        };
    try (Talk peer = Talk.with(echoAndStay)) {
      ClientConfig config = ClientConfig.builder().grace(Duration.ofMillis(50)).build();
      EchoClient client = await(EchoClient.connect(bootstrap, peer.endpoint(), config));
      client.echo("a");

      long start = System.nanoTime();
      EchoSummary summary = await(client.finish());

      assertThat(summary.echoed()).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      released.countDown();
    }
  }

  @Test
  void refusesErrorsFromTheCallerAndReleasesThem() throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, ClientMode.FRAMES);
      ByteBuf payload = Unpooled.buffer().writeByte(1);

      assertThatThrownBy(() -> client.echo(FrameType.ERROR, payload))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> client.open(FrameType.ERROR))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(payload.refCnt()).isZero();
      assertThat(await(client.finish()).sent()).isZero();
    }
  }

  @Test
  void failsAndReleasesWhatComesAfterItsOwnLoopHasEnded() throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = await(EchoClient.connect(peer.endpoint()));
      await(client.finish());

      for (int i = 0; i < 1000; i++) {
        ByteBuf payload = Unpooled.buffer().writeByte(1);
        Throwable why = Stages.failure(client.echo(payload));
        assertThat(why).isInstanceOf(IllegalStateException.class);
        assertThat(payload.refCnt()).isZero();
      }
      await(client.close());
    }
  }

  @Test
  void keepsTheCallersBootstrapAndRefusesOneWithAHandler() throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, ClientMode.FRAMES);
      await(client.finish());

      assertThat(bootstrap.config().handler()).isNull();
      assertThat(group.isShuttingDown()).isFalse();
      Bootstrap taken = bootstrap.clone().handler(new ChannelInboundHandlerAdapter());
      assertThatThrownBy(() -> EchoClient.connect(taken, peer.endpoint(), ClientConfig.DEFAULT))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> EchoClient.connect(new Bootstrap(), peer.endpoint(), ClientConfig.DEFAULT))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static EchoClient connect(Talk peer, ClientMode mode) throws Exception {
    ClientConfig config = ClientConfig.builder().mode(mode).build();
    return await(EchoClient.connect(bootstrap, peer.endpoint(), config));
  }
}
