package dev.echo.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.duplex.EndOfOutput;
import dev.echo.testing.LeakExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both stages, with a client and a server whose bytes are carried by the test. */
@ExtendWith(LeakExtension.class)
class TlsEndHandlerTest {
  private static final ServerTls SERVER = ServerTls.selfSigned().build();
  private static final ClientTls CLIENT = ClientTls.builder().pin(SERVER.fingerprint()).build();

  /** What reaches the stages further in. */
  private static final class Inner extends ChannelInboundHandlerAdapter {
    private final List<String> events = new ArrayList<>();

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      events.add("active");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        events.add("input ended");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      events.add(((TlsException) cause).problem().toString());
    }
  }

  private final List<String> told = new ArrayList<>();
  private final Inner serverInner = new Inner();
  private final Inner clientInner = new Inner();
  private EmbeddedChannel server;
  private EmbeddedChannel client;

  @BeforeEach
  void connect() {
    server = channel(SERVER.handler(UnpooledByteBufAllocator.DEFAULT), TlsSide.SERVER, serverInner);
    client =
        channel(
            CLIENT.handler(UnpooledByteBufAllocator.DEFAULT, "localhost", 1),
            TlsSide.CLIENT,
            clientInner);
  }

  @AfterEach
  void end() {
    server.finishAndReleaseAll();
    client.finishAndReleaseAll();
  }

  @Test
  void clientIsActiveAfterTheHandshakeAndTheServerBefore() {
    assertThat(serverInner.events).containsExactly("active");
    assertThat(clientInner.events).isEmpty();

    carry();

    assertThat(clientInner.events).containsExactly("active");
    assertThat(client.pipeline().get(TlsHandshakeHandler.class)).isNull();
    assertThat(server.pipeline().get(TlsHandshakeHandler.class)).isNull();
  }

  @Test
  void endOfOutputSendsWhatWasWrittenThenCloseNotifyThenThatMarker() {
    carry();
    client.write(Unpooled.copiedBuffer("Hello", UTF_8));

    client.writeAndFlush(EndOfOutput.INSTANCE);
    List<Object> rest = carry();

    assertThat(rest).containsExactly(EndOfOutput.INSTANCE);
    ByteBuf received = server.readInbound();
    assertThat(received.toString(UTF_8)).isEqualTo("Hello");
    received.release();
    assertThat(serverInner.events).containsExactly("active", "input ended");
    assertThat(told).isEmpty();
  }

  @Test
  void serverGoesOnWritingAfterTheClientHasFinished() {
    carry();
    client.writeAndFlush(EndOfOutput.INSTANCE);
    carry();

    server.writeAndFlush(Unpooled.copiedBuffer("late", UTF_8));
    server.writeAndFlush(EndOfOutput.INSTANCE);
    carry();

    ByteBuf received = client.readInbound();
    assertThat(received.toString(UTF_8)).isEqualTo("late");
    received.release();
    assertThat(clientInner.events).containsExactly("active", "input ended");
  }

  @Test
  void endOfTcpBehindCloseNotifyIsNotToldAgain() {
    carry();
    client.writeAndFlush(EndOfOutput.INSTANCE);
    carry();

    server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(serverInner.events).containsExactly("active", "input ended");
    assertThat(told).isEmpty();
  }

  @Test
  void endOfTcpAloneIsATruncation() {
    carry();

    server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(told).containsExactly("TRUNCATED");
    assertThat(serverInner.events).containsExactly("active", "input ended");
    assertThat(clientInner.events).containsExactly("active", "TRUNCATED");
  }

  @Test
  void endOfOutputBeforeTheHandshakeCloses() {
    server.writeAndFlush(EndOfOutput.INSTANCE);

    assertThat(server.isOpen()).isFalse();
  }

  @Test
  void endOfTcpDuringTheHandshakeFailsItOnce() {
    server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(server.isOpen()).isFalse();
    assertThat(serverInner.events).containsExactly("active", "GONE");
    assertThat(told).containsExactly("GONE");
  }

  private EmbeddedChannel channel(SslHandler tls, TlsSide side, Inner inner) {
    return new EmbeddedChannel(
        tls,
        new TlsHandshakeHandler(tls, side, (channel, why) -> told.add(why.problem().toString())),
        new TlsEndHandler(tls, side, (channel, why) -> told.add(why.problem().toString())),
        inner);
  }

  /** Carries bytes to and fro until there are no more; returns what else was written. */
  private List<Object> carry() {
    List<Object> others = new ArrayList<>();
    boolean moved = true;
    while (moved) {
      boolean there = carry(client, server, others);
      moved = carry(server, client, others) || there;
    }
    return others;
  }

  private static boolean carry(EmbeddedChannel from, EmbeddedChannel to, List<Object> others) {
    from.runPendingTasks();
    boolean moved = false;
    for (Object out = from.readOutbound(); out != null; out = from.readOutbound()) {
      if (out instanceof ByteBuf bytes) {
        to.writeInbound(bytes);
        moved = true;
      } else {
        others.add(out);
      }
    }
    return moved;
  }
}
