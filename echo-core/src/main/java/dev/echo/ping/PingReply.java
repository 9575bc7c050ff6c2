package dev.echo.ping;

import java.net.SocketAddress;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A ping that came back whole and equal.
 *
 * @param flow which one, from 1
 * @param sequence of the ping in its flow, from 1
 * @param at the wall clock when it was whole
 * @param local this side's address
 * @param remote the peer's address
 * @param bytes of payload
 * @param serviceTimeNanos from the moment it was sent until its last byte was verified
 * @param residenceNanos how long it was with the server, if that is an aware one. It leaves out
 *     kernel buffers and pauses before the read, so the rest is not "the network"
 * @param hasUnusableStamp whether the server told times that cannot be right, so that there is no
 *     residence: sent before received, or a residence longer than the service time
 */
public record PingReply(
    int flow,
    long sequence,
    Instant at,
    SocketAddress local,
    SocketAddress remote,
    int bytes,
    long serviceTimeNanos,
    OptionalLong residenceNanos,
    boolean hasUnusableStamp) {}
