package dev.echo.pipeline;

import dev.echo.caller.ProxyHeaderHandler;
import dev.echo.duplex.EndRecorder;
import dev.echo.duplex.ResetWatch;
import dev.echo.duplex.SocketEndHandler;
import dev.echo.endpoint.EmptyDatagramHandler;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.frame.FrameDecoder;
import dev.echo.frame.FrameEncoder;
import dev.echo.websocket.ClientHandshakeHandler;
import dev.echo.websocket.ClientMessagesHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.util.concurrent.CompletableFuture;

/**
 * The stages of one client connection, in their order, and the channel options that they need. It
 * runs after the bootstrap's options and overrides those few.
 *
 * <pre>
 *   self-connect, end, proxy-header, first-byte, tls, tls-handshake, tls-end, handshake, messages, recorder,
 *   opening, frame-encoder, frame-decoder, client
 * </pre>
 */
public final class ClientPipeline extends ChannelInitializer<Channel> {
  /** The stage that refuses a socket connected to itself; gone once it is connected. */
  public static final String SELF_CONNECT = "self-connect";

  /** The stage that finishes this side. */
  public static final String END = "end";

  /** The stage that sends a PROXY header; absent if there is to be none, gone once it is sent. */
  public static final String PROXY_HEADER = "proxy-header";

  /** The stage that encrypts; absent without TLS. */
  public static final String TLS = TlsStages.TLS;

  /** The stage that waits for the end of the handshake; absent without TLS, gone from then on. */
  public static final String TLS_HANDSHAKE = TlsStages.HANDSHAKE;

  /** The stage that ends each direction of TLS; absent without TLS. */
  public static final String TLS_END = TlsStages.END;

  /** The stage that asks for a WebSocket; gone once it has it, absent on other paths. */
  public static final String HANDSHAKE = "handshake";

  /** The stage that carries the stream over a WebSocket's messages; absent on other paths. */
  public static final String MESSAGES = "messages";

  /** The stage that keeps how far the connection came, and how it ended. */
  public static final String RECORDER = "recorder";

  /** The stage that waits for a datagram; on UDP sockets of names with several addresses. */
  public static final String PROBE = "probe";

  /** The stage that waits until the connection can be used; gone from then on. */
  public static final String OPENING = "opening";

  /** The stage that writes frames; absent in stream mode. */
  public static final String FRAME_ENCODER = "frame-encoder";

  /** The stage that reads frames; absent in stream mode. */
  public static final String FRAME_DECODER = "frame-decoder";

  /** The last stage: sends, verifies, and closes. */
  public static final String CLIENT = "client";

  private enum Codec {
    NONE,
    BARE,
    FRAMES,
    DATAGRAMS
  }

  private final Endpoint endpoint;
  private final ClientFront front;
  private final Codec codec;
  private final ChannelHandler tail;
  private final OpeningHandler opening;
  private boolean probes;

  private ClientPipeline(Endpoint endpoint, ClientFront front, Codec codec, ChannelHandler tail) {
    this.endpoint = codec == Codec.DATAGRAMS ? endpoint : Connected.checked(endpoint);
    this.front = front;
    opening = new OpeningHandler(endpoint);
    if (endpoint.isSecure()) {
      // Now, on the caller's thread, and not within the time of the connect.
      front.tls().prepared();
    }
    this.codec = codec;
    this.tail = tail;
  }

  /**
   * Makes the pipeline of a connection in frames mode.
   *
   * @param endpoint where to; says which stages are needed
   * @param front what else is
   * @param tail writes and reads what the codec of package {@code frame} takes and emits
   * @return for one connection
   */
  public static ClientPipeline frames(Endpoint endpoint, ClientFront front, ChannelHandler tail) {
    return new ClientPipeline(endpoint, front, Codec.FRAMES, tail);
  }

  /**
   * Makes the pipeline of a connection whose last handler makes its frames by itself, if any.
   *
   * @param endpoint where to; says which stages are needed
   * @param front what else is
   * @param tail writes and reads bytes
   * @return for one connection
   */
  public static ClientPipeline bare(Endpoint endpoint, ClientFront front, ChannelHandler tail) {
    return new ClientPipeline(endpoint, front, Codec.BARE, tail);
  }

  /**
   * Makes the pipeline of a connection in stream mode.
   *
   * @param endpoint where to; says which stages are needed
   * @param front what else is
   * @param tail writes and reads bytes, which are never taken for frames
   * @return for one connection
   */
  public static ClientPipeline stream(Endpoint endpoint, ClientFront front, ChannelHandler tail) {
    return new ClientPipeline(endpoint, front, Codec.NONE, tail);
  }

  /**
   * Makes the pipeline of a UDP socket: self-connect, empty, probe, opening, client.
   *
   * @param endpoint where to
   * @param front what else is needed
   * @param tail writes payloads of datagrams, and reads {@code DatagramPacket}s
   * @return for one socket
   */
  public static ClientPipeline datagrams(
      UdpEndpoint endpoint, ClientFront front, ChannelHandler tail) {
    return new ClientPipeline(endpoint, front, Codec.DATAGRAMS, tail);
  }

  /**
   * Has the UDP socket be usable only when a datagram has come from its address, for which it sends
   * some.
   *
   * @return this
   */
  public ClientPipeline probing() {
    probes = true;
    return this;
  }

  /**
   * Tells when the connection can be used.
   *
   * @return completes on the event loop, directly before the last handler gets {@code
   *     channelActive}; fails with the cause if it was connected and then ended before that
   */
  public CompletableFuture<Opened> opened() {
    return opening.opened();
  }

  /** What a handler of the caller's threw when it was added is why there is no connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) throws Exception {
    opening.opened().completeExceptionally(thrown);
    super.exceptionCaught(ctx, thrown);
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (codec == Codec.DATAGRAMS) {
      DatagramOptions.set(channel);
      pipeline.addLast(SELF_CONNECT, new SelfConnectHandler());
      pipeline.addLast(DatagramPipeline.EMPTY, EmptyDatagramHandler.INSTANCE);
      if (probes) {
        pipeline.addLast(PROBE, new ProbeHandler());
      }
      pipeline.addLast(OPENING, opening);
      pipeline.addLast(CLIENT, tail);
      return;
    }
    configure(channel.config());
    ResetWatch.add(channel);
    pipeline.addLast(SELF_CONNECT, new SelfConnectHandler());
    pipeline.addLast(END, SocketEndHandler.INSTANCE);
    front
        .proxyHeader()
        .ifPresent(version -> pipeline.addLast(PROXY_HEADER, new ProxyHeaderHandler(version)));
    if (endpoint.isSecure()) {
      TlsStages.add(pipeline, front.tls(), (NetworkEndpoint) endpoint);
    }
    if (endpoint instanceof WebSocketEndpoint webSocket) {
      pipeline.addLast(HANDSHAKE, new ClientHandshakeHandler(webSocket));
      pipeline.addLast(
          MESSAGES,
          codec == Codec.NONE ? ClientMessagesHandler.stream() : ClientMessagesHandler.detecting());
    }
    pipeline.addLast(RECORDER, recorder());
    pipeline.addLast(OPENING, opening);
    if (codec == Codec.FRAMES) {
      pipeline.addLast(FRAME_ENCODER, FrameEncoder.forClient());
      pipeline.addLast(FRAME_DECODER, FrameDecoder.forClient());
    }
    pipeline.addLast(CLIENT, tail);
  }

  private EndRecorder recorder() {
    return endpoint.isSecure() || endpoint instanceof WebSocketEndpoint
        ? EndRecorder.behindHandshake()
        : EndRecorder.bare();
  }

  /**
   * Half-closure, since the peer's end is read after our own; always reading, since a peer that
   * echoes stops reading when nobody takes its echo; no close on a failed write, since what the
   * peer sent before it reset the connection is still to be read and says more.
   */
  private static void configure(ChannelConfig config) {
    config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    config.setOption(ChannelOption.TCP_NODELAY, true);
    config.setAutoRead(true);
    config.setAutoClose(false);
  }
}
