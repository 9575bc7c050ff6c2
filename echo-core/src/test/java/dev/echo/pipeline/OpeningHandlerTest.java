package dev.echo.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.websocket.ClientHandshakeHandler;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OpeningHandlerTest {
  private final List<String> seen = new ArrayList<>();
  private boolean connected;

  /** What a connect that succeeds brings, without a socket. */
  private final class Connects extends ChannelOutboundHandlerAdapter {
    @Override
    public void connect(
        ChannelHandlerContext ctx, SocketAddress to, SocketAddress from, ChannelPromise promise) {
      connected = true;
      promise.setSuccess();
    }
  }

  private final class Tail extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      seen.add("event " + (event instanceof Opened));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      seen.add("active");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      seen.add("inactive");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      seen.add("failed");
    }
  }

  /** A channel that is not active when its handlers are added, as before a connect. */
  private EmbeddedChannel unconnected() {
    return new EmbeddedChannel() {
      @Override
      public boolean isActive() {
        return connected && super.isActive();
      }
    };
  }

  private EmbeddedChannel connecting(OpeningHandler opening) {
    EmbeddedChannel channel = unconnected();
    channel.freezeTime();
    channel.pipeline().addLast(new Connects(), opening, new Tail());
    channel.connect(new InetSocketAddress("127.0.0.1", 7));
    return channel;
  }

  @Test
  void tellsHowLongTheHandshakeTook() {
    OpeningHandler opening = new OpeningHandler(Endpoint.parse("tls://h:1"));
    EmbeddedChannel channel = connecting(opening);
    channel.advanceTimeBy(5, TimeUnit.MILLISECONDS);

    channel.pipeline().fireChannelActive();

    assertThat(opening.opened().join().handshakeNanos()).isEqualTo(5_000_000);
    assertThat(seen).containsExactly("event true", "active");
    assertThat(channel.pipeline().get(OpeningHandler.class)).isNull();
  }

  @Test
  void knowsNoHandshakeOfBareTcp() {
    OpeningHandler opening = new OpeningHandler(Endpoint.parse("tcp://h:1"));
    EmbeddedChannel channel = connecting(opening);
    channel.advanceTimeBy(5, TimeUnit.MILLISECONDS);

    channel.pipeline().fireChannelActive();

    assertThat(opening.opened().join().handshakeNanos()).isZero();
  }

  @Test
  void keepsTheFirstCauseAndShowsNothingBehindIt() {
    OpeningHandler opening = new OpeningHandler(Endpoint.parse("tls://h:1"));
    EmbeddedChannel channel = connecting(opening);

    channel.pipeline().fireExceptionCaught(new IOException("first"));
    channel.pipeline().fireExceptionCaught(new IOException("second"));
    channel.pipeline().fireChannelInactive();

    assertThatThrownBy(() -> opening.opened().join()).hasRootCauseMessage("first");
    assertThat(seen).isEmpty();
  }

  @Test
  void namesAnEndWithoutACause() {
    OpeningHandler opening = new OpeningHandler(Endpoint.parse("tls://h:1"));
    Channel channel = connecting(opening);

    channel.pipeline().fireChannelInactive();

    assertThatThrownBy(() -> opening.opened().join())
        .hasRootCauseInstanceOf(ClosedChannelException.class);
  }

  @Test
  void waitsForTheHandshakeAsLongAsForTheConnect() {
    OpeningHandler opening = new OpeningHandler(Endpoint.parse("tls://h:1"));
    EmbeddedChannel channel = unconnected();
    channel.freezeTime();
    channel.config().setConnectTimeoutMillis(100);
    channel.pipeline().addLast(new Connects(), opening, new Tail());
    channel.connect(new InetSocketAddress("127.0.0.1", 7));

    channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.pipeline().fireChannelInactive();

    assertThatThrownBy(() -> opening.opened().join())
        .hasRootCauseInstanceOf(ConnectTimeoutException.class)
        .hasRootCauseMessage("connected after 0 ns, then no WebSocket handshake within 100 ms");
  }

  @Test
  void saysWhatHasComeOfAHandshakeThatIsLate() {
    WebSocketEndpoint endpoint = (WebSocketEndpoint) Endpoint.parse("ws://h:1");
    OpeningHandler opening = new OpeningHandler(endpoint);
    EmbeddedChannel channel = unconnected();
    channel.freezeTime();
    channel.config().setConnectTimeoutMillis(100);
    channel
        .pipeline()
        .addLast(new Connects(), new ClientHandshakeHandler(endpoint), opening, new Tail());
    channel.connect(new InetSocketAddress("127.0.0.1", 7));
    channel.pipeline().fireChannelActive();
    channel.pipeline().fireChannelRead(Unpooled.copiedBuffer("HTTP/1.1 101 Yes\r\n", US_ASCII));

    channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.pipeline().fireChannelInactive();

    assertThatThrownBy(() -> opening.opened().join())
        .hasRootCauseMessage(
            "connected after 0 ns, then no WebSocket handshake within 100 ms:"
                + " it answered HTTP/1.1 101 Yes, and not the end of its header");
    channel.releaseOutbound();
  }
}
