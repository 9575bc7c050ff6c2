package dev.echo.client;

import dev.echo.endpoint.LoopStage;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.frame.DatagramFrame;
import dev.echo.frame.FrameType;
import dev.echo.pipeline.ClientPipeline;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages over one UDP socket, each in a datagram of its own, and verifies what comes back.
 * Nothing is sent again. In frames mode an echo is known by its sequence, in stream mode by its
 * content. It answers a server's challenge by itself. Thread-safe; stages complete on the event
 * loop.
 */
public final class DatagramClient {
  private final Channel channel;
  private final ClientConfig config;
  private final DatagramConversation conversation;

  private DatagramClient(Channel channel, ClientConfig config, DatagramConversation conversation) {
    this.channel = channel;
    this.config = config;
    this.conversation = conversation;
  }

  /**
   * The longest payload that fits into a datagram.
   *
   * @param mode frames need room for preface, header and stamp
   * @return in bytes
   */
  public static int maxPayloadBytes(ClientMode mode) {
    return mode == ClientMode.FRAMES
        ? DatagramFrame.MAX_DATAGRAM_BYTES - DatagramFrame.STAMPED_OVERHEAD
        : DatagramFrame.MAX_DATAGRAM_BYTES;
  }

  /**
   * Opens a socket. If the endpoint has one address nothing is sent by that, so nobody is found to
   * be there or not. If its name has several, each is sent a few datagrams of 16 bytes, in order,
   * until one of them returns any datagram: the next is tried if the port is unreachable, or if
   * nothing has come within the connect timeout. If nobody answers at all, the first that did not
   * refuse is taken.
   *
   * @param bootstrap with a group and the factory of {@code Transport.channels}, without a handler;
   *     it is cloned
   * @param endpoint where to
   * @param config how to behave; the timeout is that of each message
   * @return the client; fails with {@link UnreachableException}
   */
  public static CompletionStage<DatagramClient> open(
      Bootstrap bootstrap, UdpEndpoint endpoint, ClientConfig config) {
    return Connector.connect(
        bootstrap,
        endpoint,
        config.connectTimeout(),
        () -> attempt(endpoint, config),
        DatagramClient::close);
  }

  private static Trial.Attempt<DatagramClient> attempt(UdpEndpoint endpoint, ClientConfig config) {
    DatagramConversation conversation = new DatagramConversation(endpoint, config);
    CompletableFuture<DatagramClient> connected =
        conversation
            .connected()
            .thenApply(channel -> new DatagramClient(channel, config, conversation));
    return new Trial.Attempt<>(
        ClientPipeline.datagrams(endpoint, config.front(), conversation), connected);
  }

  /**
   * Sends a message.
   *
   * @param type of the payload; says nothing in stream mode
   * @param payload taken over; at most {@link #maxPayloadBytes}
   * @return completes with the verified echo; fails with a {@link DatagramException} if it does not
   *     come in time or is wrong, with an {@link UnreachableException} if nobody listens there
   * @throws IllegalArgumentException if it is too long, or begins like a frame in stream mode
   */
  public CompletionStage<EchoReply> echo(FrameType type, ByteBuf payload) {
    Objects.requireNonNull(payload, "payload (expected: a buffer)");
    int max = maxPayloadBytes(config.mode());
    try {
      if (payload.readableBytes() > max) {
        throw new IllegalArgumentException(
            "message of " + payload.readableBytes() + " bytes (a datagram holds " + max + ")");
      }
      DatagramConversation.checkPreface(config, payload);
    } catch (IllegalArgumentException e) {
      ReferenceCountUtil.safeRelease(payload);
      throw e;
    }
    LoopStage<EchoReply> reply = LoopStage.of(channel.eventLoop());
    onLoop(
        () -> conversation.send(type, payload, reply), () -> conversation.refuse(payload, reply));
    return reply;
  }

  /**
   * Waits for what nobody sent, then closes as {@link #close()} does.
   *
   * @return completes with the final counts
   */
  public CompletionStage<DatagramCounts> finish() {
    onLoop(
        () ->
            channel
                .eventLoop()
                .schedule(conversation::close, config.grace().toNanos(), TimeUnit.NANOSECONDS),
        () -> {});
    return ended();
  }

  /**
   * Closes at once; what is under way is lost.
   *
   * @return completes with the final counts
   */
  public CompletionStage<DatagramCounts> close() {
    onLoop(conversation::close, () -> {});
    return ended();
  }

  /**
   * Tells when the socket is closed.
   *
   * @return completes with the final counts; fails with an {@link UnreachableException} if nobody
   *     listens there
   */
  public CompletionStage<DatagramCounts> ended() {
    LoopStage<DatagramCounts> ended = LoopStage.of(channel.eventLoop());
    conversation.ended().whenComplete(ended::settle);
    return ended;
  }

  /**
   * What has become of the messages so far.
   *
   * @return completes with the counts
   */
  public CompletionStage<DatagramCounts> counts() {
    LoopStage<DatagramCounts> counts = LoopStage.of(channel.eventLoop());
    onLoop(
        () -> counts.complete(conversation.counts()), () -> counts.complete(conversation.counts()));
    return counts;
  }

  /**
   * The first datagram that came and is not what was sent.
   *
   * @return empty if all that came is right; to be asked for once {@link #ended()} is complete
   */
  public Optional<DatagramException> firstWrong() {
    return Optional.ofNullable(conversation.firstWrong());
  }

  /**
   * What is known about the other side.
   *
   * @return unknown until the first echo; plain in stream mode
   */
  public Peer peer() {
    return conversation.peer();
  }

  /**
   * Where it is sent to.
   *
   * @return an address of the endpoint
   */
  public SocketAddress remoteAddress() {
    return channel.remoteAddress();
  }

  /**
   * Where it is sent from.
   *
   * @return this side's address
   */
  public SocketAddress localAddress() {
    return channel.localAddress();
  }

  private void onLoop(Runnable work, Runnable ended) {
    try {
      if (channel.eventLoop().inEventLoop()) {
        work.run();
      } else {
        channel.eventLoop().execute(work);
      }
    } catch (RejectedExecutionException over) {
      ended.run();
    }
  }
}
