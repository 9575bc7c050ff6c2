package dev.echo.ping;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;

/**
 * A connection that was made.
 *
 * @param flow which one, from 1
 * @param at the wall clock
 * @param local this side's address, whose port tells the flows apart on the path
 * @param remote the peer's address
 * @param connectTime how long the TCP connect took
 * @param handshakeTime how long TLS and WebSocket took after that; 0 if there is none of them
 * @param attempt counts the connections of the flow, from 1
 */
public record PingConnection(
    int flow,
    Instant at,
    SocketAddress local,
    SocketAddress remote,
    Duration connectTime,
    Duration handshakeTime,
    long attempt) {}
