package dev.echo.pipeline;

/**
 * A client connection can be used: the event that the last handler gets directly before {@code
 * channelActive}.
 *
 * @param connectNanos how long the connect of the address that worked took
 * @param handshakeNanos how long what came after it took, TLS above all; 0 if nothing did
 */
public record Opened(long connectNanos, long handshakeNanos) {}
