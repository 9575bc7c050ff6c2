package dev.echo.pipeline;

import dev.echo.duplex.ResetWatch;
import dev.echo.duplex.SocketEndHandler;
import dev.echo.echo.DetectHandler;
import dev.echo.echo.EchoHandler;
import dev.echo.echo.EchoMode;
import dev.echo.echo.FramesHandler;
import dev.echo.echo.MessagesHandler;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.frame.FrameProgress;
import dev.echo.limit.CapacityEstimator;
import dev.echo.limit.Connections;
import dev.echo.limit.Limits;
import dev.echo.limit.MembershipHandler;
import dev.echo.limit.ProgressHandler;
import dev.echo.limit.ReadGate;
import dev.echo.limit.Sweeper;
import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.ObserverHandler;
import dev.echo.tls.ServerTls;
import dev.echo.websocket.ServerHandshakeHandler;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection echo: the stages of a server connection, in their order, and the channel
 * options that they need. Put it into any {@code ServerBootstrap} as the child handler; {@code
 * EchoServer} does so by itself. It runs after the bootstrap's child options and overrides those
 * few.
 *
 * <pre>
 *   end, membership, proxy, admission, tls, tls-handshake, tls-end, observer, progress, gate,
 *   detect, frames, echo
 *   and over WebSocket, behind the gate: http, handshake, messages, echo
 * </pre>
 */
public final class EchoPipeline extends ChannelInitializer<Channel> {
  /** The stage that finishes this side. */
  public static final String END = "end";

  /** The stage that knows all open connections. */
  public static final String MEMBERSHIP = "membership";

  /** The stage that reads a PROXY header; absent if none is looked for, gone once it is read. */
  public static final String PROXY = ProxyStages.PROXY;

  /** The stage that decides on who was named by a proxy; there as long as that one. */
  public static final String ADMISSION = ProxyStages.ADMISSION;

  /** The stage that encrypts; absent without TLS. */
  public static final String TLS = TlsStages.TLS;

  /** The stage that waits for the end of the handshake; absent without TLS, gone from then on. */
  public static final String TLS_HANDSHAKE = TlsStages.HANDSHAKE;

  /** The stage that ends each direction of TLS; absent without TLS. */
  public static final String TLS_END = TlsStages.END;

  /** The stage that observes; absent for {@link EchoObserver#NONE}. */
  public static final String OBSERVER = "observer";

  /** The stage that ends idle and stalled connections; absent without such limits. */
  public static final String PROGRESS = "progress";

  /** The stage that stops reading from a peer that does not read. */
  public static final String GATE = "gate";

  /** The stage that tells frames from a stream; absent in stream mode, gone once it knows. */
  public static final String DETECT = "detect";

  /** The stage that walks over frames; absent in stream mode. */
  public static final String FRAMES = "frames";

  /** The stage that reads and writes HTTP; on WebSocket listeners, gone after the handshake. */
  public static final String HTTP = "http";

  /** The stage that answers the HTTP request; on WebSocket listeners, gone after the handshake. */
  public static final String HANDSHAKE = "handshake";

  /** The stage that makes a WebSocket's messages into its echo; on WebSocket listeners. */
  public static final String MESSAGES = "messages";

  /** The last stage: writes back, finishes, logs and closes. */
  public static final String ECHO = "echo";

  /** How long a beginning of the preface is held in auto mode (the wire, version 1). */
  private static final long AUTO_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int MIN_READ_BYTES = 64;
  private static final int INITIAL_READ_BYTES = 2048;

  private final Endpoint endpoint;
  private final ServerFront front;
  private final WhoamiAnswers whoami;
  private final ProxyStages proxied;
  private final @Nullable ServerTls tls;
  private final EchoMode mode;
  private final Limits limits;
  private final EchoObserver observer;
  private final MembershipHandler membership;
  private final @Nullable ObserverHandler observing;
  private final @Nullable Sweeper sweeper;
  private final WriteBufferWaterMark marks;
  private final RecvByteBufAllocator reads;

  /**
   * Makes a pipeline for any number of listeners and connections over bare TCP.
   *
   * @param mode how connections are read
   * @param limits what peers are allowed
   * @param observer is told what happens
   * @param connections knows the open connections, and drains them
   */
  public EchoPipeline(
      EchoMode mode, Limits limits, EchoObserver observer, Connections connections) {
    this(TcpEndpoint.of("0.0.0.0", 0), ServerFront.NONE, mode, limits, observer, connections);
  }

  /**
   * Makes a pipeline for any number of listeners and connections.
   *
   * @param endpoint what its connections come over; says which stages are needed
   * @param front what else is
   * @param mode how connections are read
   * @param limits what peers are allowed
   * @param observer is told what happens
   * @param connections knows the open connections, and drains them
   */
  public EchoPipeline(
      Endpoint endpoint,
      ServerFront front,
      EchoMode mode,
      Limits limits,
      EchoObserver observer,
      Connections connections) {
    this.endpoint = Connected.checked(endpoint);
    this.front = front;
    whoami = new WhoamiAnswers(endpoint, limits);
    proxied = new ProxyStages(front, limits, EchoObserver.guarded(observer), connections);
    tls = TlsStages.needed(endpoint, front);
    this.mode = mode;
    this.limits = limits;
    this.observer = EchoObserver.guarded(observer);
    membership = new MembershipHandler(connections);
    observing = observer == EchoObserver.NONE ? null : new ObserverHandler(this.observer);
    boolean timed =
        !limits.idleTimeout().equals(Limits.NEVER) || !limits.stallTimeout().equals(Limits.NEVER);
    sweeper = timed ? new Sweeper(limits) : null;
    marks = new WriteBufferWaterMark(limits.lowWaterMarkBytes(), limits.highWaterMarkBytes());
    reads =
        new AdaptiveRecvByteBufAllocator(
                MIN_READ_BYTES,
                Math.min(INITIAL_READ_BYTES, limits.readBytes()),
                limits.readBytes())
            .maxMessagesPerRead(1);
  }

  @Override
  protected void initChannel(Channel channel) {
    configure(channel.config());
    ResetWatch.add(channel);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(END, SocketEndHandler.INSTANCE);
    pipeline.addLast(MEMBERSHIP, membership);
    proxied.add(pipeline);
    if (tls != null) {
      TlsStages.add(pipeline, tls, observer);
    }
    if (observing != null) {
      pipeline.addLast(OBSERVER, observing);
    }
    if (endpoint instanceof WebSocketEndpoint webSocket) {
      addWebSocket(pipeline, webSocket);
    } else {
      addFrames(pipeline);
    }
    pipeline.addLast(ECHO, new EchoHandler(observer));
  }

  private void addFrames(ChannelPipeline pipeline) {
    FramesHandler frames =
        mode == EchoMode.STREAM ? null : new FramesHandler(limits.maxFrameBytes(), whoami::of);
    addLimits(pipeline, frames == null ? FrameProgress.NONE : frames);
    if (frames != null) {
      pipeline.addLast(DETECT, new DetectHandler(mode, holdNanos(), frames));
      pipeline.addLast(FRAMES, frames);
    }
  }

  private void addWebSocket(ChannelPipeline pipeline, WebSocketEndpoint webSocket) {
    MessagesHandler messages = new MessagesHandler(mode, limits.maxFrameBytes(), whoami::of);
    ServerHandshakeHandler handshake =
        new ServerHandshakeHandler(
            webSocket.path(), front.origins(), messages, HandshakeWarnings.ALL::tell);
    addLimits(pipeline, handshake);
    pipeline.addLast(HTTP, ServerHandshakeHandler.codec());
    pipeline.addLast(HANDSHAKE, handshake);
    pipeline.addLast(MESSAGES, messages);
  }

  private void addLimits(ChannelPipeline pipeline, FrameProgress progress) {
    if (sweeper != null) {
      pipeline.addLast(PROGRESS, new ProgressHandler(sweeper, limits, observer, progress));
    }
    pipeline.addLast(GATE, ReadGate.INSTANCE);
  }

  private long holdNanos() {
    return mode == EchoMode.AUTO ? AUTO_HOLD_NANOS : limits.stallTimeout().toNanos();
  }

  /**
   * Half-closure, since an echo goes on after its peer's FIN; one buffer a read, so that a read
   * batch fits twice under the high-water mark; memory counted by capacity.
   */
  private void configure(ChannelConfig config) {
    config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    config.setOption(ChannelOption.TCP_NODELAY, true);
    config.setAutoRead(true);
    config.setWriteBufferWaterMark(marks);
    config.setMessageSizeEstimator(CapacityEstimator.INSTANCE);
    config.setRecvByteBufAllocator(reads);
  }
}
