package dev.echo.client;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ClientPipeline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** A client in an embedded channel, and its wire in the hands of a test. */
final class Wire {
  private static final Endpoint ENDPOINT = TcpEndpoint.of("localhost", 7);

  private final EmbeddedChannel channel;
  private final EchoClient client;
  private int flushes;

  private Wire(EmbeddedChannel channel, EchoClient client) {
    this.channel = channel;
    this.client = client;
  }

  static Wire of(ClientConfig config) {
    ClientHandler handler = new ClientHandler(ENDPOINT, config);
    EmbeddedChannel channel =
        new EmbeddedChannel(
            config.mode() == ClientMode.FRAMES
                ? ClientPipeline.frames(ENDPOINT, ClientFront.NONE, handler)
                : ClientPipeline.stream(ENDPOINT, ClientFront.NONE, handler));
    channel.freezeTime();
    Wire wire = new Wire(channel, handler.connected().join());
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void flush(ChannelHandlerContext ctx) {
                wire.flushes++;
                ctx.flush();
              }
            });
    return wire;
  }

  EmbeddedChannel channel() {
    return channel;
  }

  EchoClient client() {
    return client;
  }

  int flushes() {
    return flushes;
  }

  /** Takes what the client has written since the last time. */
  byte[] sent() {
    channel.runPendingTasks();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      all.writeBytes(ByteBufUtil.getBytes(out));
      out.release();
    }
    return all.toByteArray();
  }

  void receive(byte... bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
    channel.runPendingTasks();
  }

  void receiveEnd() {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    channel.runPendingTasks();
  }

  /** Ends the test: the channel closes, and nothing is left inside. */
  void end() {
    client.close();
    channel.runPendingTasks();
    channel.checkException();
    sent();
    if (channel.finish()) {
      throw new AssertionError("something is left in the channel");
    }
  }

  /** What a stage failed with by now, or null. */
  static Throwable failure(CompletionStage<?> stage) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    stage.whenComplete((value, why) -> failure.set(why));
    return failure.get();
  }

  static boolean isDone(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }
}
