package dev.echo.ping;

import dev.echo.client.DatagramCounts;
import dev.echo.client.EchoReply;
import dev.echo.client.Peer;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What pings go over: a connection or a UDP socket. */
interface PingClient {
  /** Sends a ping, taking over the payload; completes with its verified echo. */
  CompletionStage<EchoReply> echo(ByteBuf payload);

  /** Who is at the other end, as far as that is known. */
  Peer peer();

  /** Where it sends from. */
  SocketAddress localAddress();

  /** Where it sends to. */
  SocketAddress remoteAddress();

  /** How long connecting took; nothing for a socket. */
  Duration connectTime();

  /** How long TLS and WebSocket took after that; 0 if there is none of them. */
  Duration handshakeTime();

  /** What a ping is missing for when it turns out that nobody is there, or nobody for us. */
  PingMiss.Reason turnedAway();

  /** Completes when it is over, in order or with what went wrong. */
  CompletionStage<?> ended();

  /** What became of its datagrams, if it sends any; completes when it is over, never fails. */
  CompletionStage<DatagramCounts> account();

  /** Ends in order, looking for what nobody sent. */
  CompletionStage<?> finish();

  /** Ends at once. */
  CompletionStage<?> close();
}
