package dev.echo.client;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.LoopStage;
import dev.echo.endpoint.OwnLoops;
import dev.echo.endpoint.Transport;
import dev.echo.frame.FrameType;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connection to a peer that echoes. Messages go out in the order of the calls, any number may
 * be outstanding, and each is verified as its bytes come back. The first failure ends the
 * connection, and everything outstanding fails with it.
 *
 * <p>Any thread may call. Stages complete on the connection's event loop, so what is chained to
 * them must not block; they fail with the {@link EchoException} itself. Bytes that are sent are
 * held, not copied, until they have come back.
 */
public final class EchoClient {
  private final Conversation conversation;
  private final ConnectionFacts facts;
  private final CompletableFuture<EchoSummary> ended;
  private final AtomicBoolean open = new AtomicBoolean();

  EchoClient(Conversation conversation, ConnectionFacts facts) {
    this(conversation, facts, conversation.ended());
  }

  private EchoClient(
      Conversation conversation, ConnectionFacts facts, CompletableFuture<EchoSummary> ended) {
    this.conversation = conversation;
    this.facts = facts;
    this.ended = ended;
  }

  /**
   * Connects with the defaults and an event loop of its own, which ends with the connection.
   *
   * @param endpoint where to; all addresses that its name resolves to are tried in order
   * @return the connected client; fails with {@link UnreachableException}
   */
  public static CompletionStage<EchoClient> connect(Endpoint endpoint) {
    return connect(endpoint, ClientConfig.DEFAULT);
  }

  /**
   * Connects with an event loop of its own, which ends with the connection: {@link #finish()} or
   * {@link #close()} it.
   *
   * @param endpoint where to; all addresses that its name resolves to are tried in order
   * @param config how the connection behaves
   * @return the connected client; fails with {@link UnreachableException}
   */
  public static CompletionStage<EchoClient> connect(Endpoint endpoint, ClientConfig config) {
    Transport transport = Transport.best();
    OwnLoops loops = OwnLoops.of(transport, 1, "echo-client");
    Bootstrap bootstrap =
        new Bootstrap().group(loops.group()).channelFactory(transport.channels(endpoint));
    CompletableFuture<EchoClient> connecting = connector(bootstrap, endpoint, config);
    LoopStage<EchoClient> connected = LoopStage.of(loops.group());
    connected.whenComplete((client, givenUp) -> connecting.cancel(false));
    connecting.whenComplete(
        (client, failure) -> {
          if (client == null) {
            loops.end().whenComplete((end, none) -> connected.completeExceptionally(failure));
          } else {
            EchoClient own = client.on(loops);
            if (!connected.complete(own)) {
              own.close();
            }
          }
        });
    return connected;
  }

  /** The same client, which has ended when the threads of its loops have. */
  private EchoClient on(OwnLoops loops) {
    LoopStage<EchoSummary> over = LoopStage.of(loops.group());
    ended.whenComplete(
        (summary, failure) ->
            loops.end().whenComplete((end, none) -> over.settle(summary, failure)));
    return new EchoClient(conversation, facts, over);
  }

  /**
   * Connects with the caller's bootstrap. It is cloned; its group, channel class, resolver and
   * options are kept, and its group is never shut down.
   *
   * @param bootstrap has a group and a channel class, and no handler
   * @param endpoint where to; all addresses that its name resolves to are tried in order
   * @param config how the connection behaves
   * @return the connected client; fails with {@link UnreachableException}
   * @throws IllegalArgumentException if the bootstrap has a handler
   * @throws IllegalStateException if it has no group or no channel class
   */
  public static CompletionStage<EchoClient> connect(
      Bootstrap bootstrap, Endpoint endpoint, ClientConfig config) {
    return connector(bootstrap, endpoint, config);
  }

  private static CompletableFuture<EchoClient> connector(
      Bootstrap bootstrap, Endpoint endpoint, ClientConfig config) {
    return Connector.connect(
        bootstrap,
        endpoint,
        config.connectTimeout(),
        () -> ClientHandler.attempt(endpoint, config),
        EchoClient::close);
  }

  /**
   * Sends a text as one message of type TEXT.
   *
   * @param text goes out in UTF-8
   * @return completes when it has come back equal
   */
  public CompletionStage<EchoReply> echo(String text) {
    Objects.requireNonNull(text, "text (expected: a string)");
    return echo(FrameType.TEXT, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  /**
   * Sends bytes as one message of type BINARY.
   *
   * @param bytes not copied here, so they must not change until the stage completes; the transport
   *     copies them once into direct memory, so a large message is better sent with {@link #open}
   * @return completes when they have come back equal
   */
  public CompletionStage<EchoReply> echo(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes (expected: an array)");
    return echo(FrameType.BINARY, Unpooled.wrappedBuffer(bytes));
  }

  /**
   * Sends a buffer as one message of type BINARY.
   *
   * @param payload this method takes ownership; it is released when it has come back or failed
   * @return completes when it has come back equal
   */
  public CompletionStage<EchoReply> echo(ByteBuf payload) {
    return echo(FrameType.BINARY, payload);
  }

  /**
   * Sends a buffer as one message.
   *
   * @param type BINARY or TEXT; only frames mode shows it to the peer
   * @param payload this method takes ownership; it is released when it has come back or failed
   * @return completes when it has come back equal; an empty one in stream mode when all before it
   *     have
   * @throws IllegalArgumentException if the type is another; the payload is released
   */
  public CompletionStage<EchoReply> echo(FrameType type, ByteBuf payload) {
    Objects.requireNonNull(payload, "payload (expected: a buffer)");
    if (!isMessage(type)) {
      ReferenceCountUtil.safeRelease(payload);
      throw noMessage(type);
    }
    return conversation.send(type, payload);
  }

  /**
   * Begins a message of unknown size. Messages of later calls wait until it has ended.
   *
   * @param type BINARY or TEXT
   * @return takes the pieces
   * @throws IllegalArgumentException if the type is another
   * @throws IllegalStateException if another message is open
   */
  public OutgoingMessage open(FrameType type) {
    if (!isMessage(type)) {
      throw noMessage(type);
    }
    if (!open.compareAndSet(false, true)) {
      throw new IllegalStateException("another message is open");
    }
    return new OutgoingMessage(conversation, conversation.open(type), () -> open.set(false));
  }

  /**
   * What is known about the other side.
   *
   * @return {@link Peer#UNKNOWN} until the first answer in frames mode; always {@link Peer#PLAIN}
   *     in stream mode
   */
  public Peer peer() {
    return conversation.peer();
  }

  /**
   * How long the TCP connect of the address that worked took.
   *
   * @return without resolving the name, and without the addresses that did not work
   */
  public Duration connectTime() {
    return Duration.ofNanos(facts.opened().connectNanos());
  }

  /**
   * How long it took after the connect until the connection could be used: TLS above all.
   *
   * @return 0 for bare TCP
   */
  public Duration handshakeTime() {
    return Duration.ofNanos(facts.opened().handshakeNanos());
  }

  /**
   * The address that worked.
   *
   * @return the peer's address
   */
  public SocketAddress remoteAddress() {
    return facts.remote();
  }

  /**
   * This side's address.
   *
   * @return as the system chose it
   */
  public SocketAddress localAddress() {
    return facts.local();
  }

  /**
   * Ends the connection in order: when the last echo has come back, and an open message has ended,
   * finishes this side, reads to the peer's end or for the grace of the configuration, and closes.
   * Bytes that nobody sent are seen that way. Later calls of {@code echo} fail with an {@link
   * IllegalStateException}.
   *
   * @return completes when the connection has ended; fails with its first failure
   */
  public CompletionStage<EchoSummary> finish() {
    conversation.finish();
    return ended();
  }

  /**
   * Closes the connection at once. Outstanding echoes fail with {@link ConnectionLostException}.
   *
   * @return completes when the connection is closed
   */
  public CompletionStage<Void> close() {
    conversation.close();
    CompletableFuture<Void> closed = ended.newIncompleteFuture();
    ended.whenComplete((summary, failure) -> closed.complete(null));
    return closed;
  }

  /**
   * Tells when the connection has ended, for whatever reason.
   *
   * @return completes with the counts if every message had come back; fails with the first failure
   */
  public CompletionStage<EchoSummary> ended() {
    CompletableFuture<EchoSummary> copy = ended.newIncompleteFuture();
    ended.whenComplete(
        (summary, failure) -> {
          if (failure == null) {
            copy.complete(summary);
          } else {
            copy.completeExceptionally(failure);
          }
        });
    return copy;
  }

  private static boolean isMessage(FrameType type) {
    return type == FrameType.BINARY || type == FrameType.TEXT;
  }

  private static IllegalArgumentException noMessage(FrameType type) {
    return new IllegalArgumentException("type: " + type + " (expected: BINARY or TEXT)");
  }
}
