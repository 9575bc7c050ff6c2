package dev.echo.client;

import dev.echo.endpoint.Endpoint;
import dev.echo.pipeline.ClientPipeline;
import dev.echo.pipeline.Opened;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Shows the events of one channel to its conversation. Last of the handlers; not sharable. */
@SuppressWarnings("FutureReturnValueIgnored") // The future is the caller's own promise.
final class ClientHandler extends ChannelDuplexHandler {
  private final Endpoint endpoint;
  private final ClientConfig config;
  private final CompletableFuture<EchoClient> connected = new CompletableFuture<>();
  private @Nullable Conversation conversation;
  private Opened opened = new Opened(0, 0);

  ClientHandler(Endpoint endpoint, ClientConfig config) {
    this.endpoint = endpoint;
    this.config = config;
  }

  /** Completes on the event loop when the channel is connected. */
  CompletableFuture<EchoClient> connected() {
    return connected;
  }

  /** Makes the pipeline of a connection, and the client once it is connected. */
  static Trial.Attempt<EchoClient> attempt(Endpoint endpoint, ClientConfig config) {
    ClientHandler handler = new ClientHandler(endpoint, config);
    ClientPipeline pipeline =
        switch (config.mode()) {
          case FRAMES -> ClientPipeline.frames(endpoint, config.front(), handler);
          case STREAM -> ClientPipeline.stream(endpoint, config.front(), handler);
        };
    return new Trial.Attempt<>(pipeline, handler.connected());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    conversation = new Conversation(ctx, endpoint, config);
    if (ctx.channel().isActive()) {
      begin(ctx, conversation);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin(ctx, conversation());
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object received) {
    try {
      conversation().read(received);
    } finally {
      ReferenceCountUtil.release(received);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    conversation().readComplete();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      conversation().inputEnded();
    } else if (event instanceof Opened facts) {
      opened = facts;
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    conversation().caught(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    conversation().inactive();
    ctx.fireChannelInactive();
  }

  private void begin(ChannelHandlerContext ctx, Conversation begun) {
    if (connected.isDone()) {
      return;
    }
    Channel channel = ctx.channel();
    connected.complete(
        new EchoClient(
            begun, new ConnectionFacts(channel.localAddress(), channel.remoteAddress(), opened)));
  }

  private Conversation conversation() {
    if (conversation == null) {
      throw new IllegalStateException("not added to a pipeline");
    }
    return conversation;
  }
}
