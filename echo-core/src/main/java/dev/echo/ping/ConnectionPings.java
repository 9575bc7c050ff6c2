package dev.echo.ping;

import dev.echo.client.DatagramCounts;
import dev.echo.client.EchoClient;
import dev.echo.client.EchoReply;
import dev.echo.client.Peer;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Pings over a connection. */
record ConnectionPings(EchoClient client) implements PingClient {
  @Override
  public CompletionStage<EchoReply> echo(ByteBuf payload) {
    return client.echo(payload);
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
    return client.connectTime();
  }

  @Override
  public Duration handshakeTime() {
    return client.handshakeTime();
  }

  @Override
  public PingMiss.Reason turnedAway() {
    return PingMiss.Reason.TURNED_AWAY;
  }

  @Override
  public CompletionStage<?> ended() {
    return client.ended();
  }

  @Override
  public CompletionStage<DatagramCounts> account() {
    return CompletableFuture.completedFuture(DatagramCounts.NONE);
  }

  @Override
  public CompletionStage<?> finish() {
    return client.finish();
  }

  @Override
  public CompletionStage<?> close() {
    return client.close();
  }
}
