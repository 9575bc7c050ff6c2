package dev.echo.ping;

import dev.echo.client.DatagramClient;
import dev.echo.client.DatagramCounts;
import dev.echo.client.EchoReply;
import dev.echo.client.Peer;
import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Pings over a UDP socket, each in a datagram of its own. */
record DatagramPings(DatagramClient client) implements PingClient {
  @Override
  public CompletionStage<EchoReply> echo(ByteBuf payload) {
    return client.echo(FrameType.BINARY, payload);
  }

  @Override
  public Peer peer() {
    return client.peer();
  }

  @Override
  public SocketAddress localAddress() {
    return client.localAddress();
  }

  @Override
  public SocketAddress remoteAddress() {
    return client.remoteAddress();
  }

  @Override
  public Duration connectTime() {
    return Duration.ZERO;
  }

  @Override
  public Duration handshakeTime() {
    return Duration.ZERO;
  }

  @Override
  public PingMiss.Reason turnedAway() {
    return PingMiss.Reason.UNREACHABLE;
  }

  @Override
  public CompletionStage<?> ended() {
    return client.ended();
  }

  @Override
  public CompletionStage<DatagramCounts> account() {
    return client.ended().handle((counts, why) -> client.counts()).thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<?> finish() {
    return client.finish();
  }

  /** What is on its way is worth the wait: it is late rather than lost. */
  @Override
  public CompletionStage<?> close() {
    return client.finish();
  }
}
