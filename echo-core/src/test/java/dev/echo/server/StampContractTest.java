package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientConfig;
import dev.echo.client.EchoClient;
import dev.echo.client.EchoReply;
import dev.echo.client.Stamps;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.frame.Stamp;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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

/** The server's times are in every stamp, whatever it comes over and wherever its bytes lie. */
@ParameterizedClass(name = "{0} on {1}, {2} memory")
@MethodSource("ways")
@Timeout(60)
class StampContractTest {
  /** Around the 16 KiB of a TLS record, around one read, and far above. */
  private static final int[] SIZES = {
    0, 2, 16_300, 16_336, 16_384, 16_400, 65_500, 65_600, 300_000
  };

  enum Memory {
    DIRECT,
    HEAP;

    private ByteBufAllocator allocator() {
      return this == DIRECT ? ByteBufAllocator.DEFAULT : new UnpooledByteBufAllocator(false);
    }
  }

  @Parameter(0)
  Carrier carrier;

  @Parameter(1)
  Transport transport;

  @Parameter(2)
  Memory memory;

  @TempDir Path directory;

  private EventLoopGroup loops;
  private EchoServer server;
  private EchoClient client;

  static Stream<Arguments> ways() {
    return Carrier.ways(Carrier.Kind.STREAM, Carrier.Kind.MESSAGES)
        .map(Arguments::get)
        .flatMap(
            way -> Stream.of(Memory.values()).map(memory -> Arguments.of(way[0], way[1], memory)));
  }

  @BeforeEach
  void connect() throws Exception {
    loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    Endpoint anywhere = carrier.anywhere(directory);
    ServerBootstrap listening =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.listenerType(anywhere))
            .childOption(ChannelOption.ALLOCATOR, memory.allocator());
    server =
        Servers.start(
            EchoServer.builder().front(carrier.serverFront()).listen(listening, anywhere));
    Endpoint endpoint = server.endpoints().get(0);
    ClientConfig config =
        ClientConfig.builder().front(carrier.clientFront()).stamps(Stamps.ON).build();
    Bootstrap connecting = new Bootstrap().group(loops).channel(transport.channelType(endpoint));
    client = await(EchoClient.connect(connecting, endpoint, config));
  }

  @AfterEach
  void end() throws Exception {
    await(client.close());
    Servers.close(server);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void timesAreInOrderWhateverTheSize() throws Exception {
    for (int i = 0; i < SIZES.length; i++) {
      EchoReply reply = await(client.echo(new byte[SIZES[i]]));

      checkTimes(reply, i);
    }
  }

  @Test
  void timesAreInOrderWhenManyMessagesComeAtOnce() throws Exception {
    List<CompletionStage<EchoReply>> replies = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      replies.add(client.echo(new byte[7 * i]));
    }
    for (int i = 0; i < replies.size(); i++) {
      checkTimes(await(replies.get(i)), i);
    }
  }

  private static void checkTimes(EchoReply reply, int index) {
    Stamp stamp = reply.stamp();
    String what = "message %d of %d bytes: %s".formatted(index + 1, reply.bytes(), stamp);
    assertThat(stamp).as(what).isNotNull();
    assertThat(stamp.count()).as(what).isEqualTo(index + 1);
    assertThat(stamp.receivedNanos()).as(what).isPositive();
    assertThat(stamp.residenceNanos()).as(what).isBetween(0L, reply.serviceTimeNanos());
  }
}
