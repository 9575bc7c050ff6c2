package dev.echo.client;

import dev.echo.frame.FrameType;
import dev.echo.frame.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * A message that came back whole and equal.
 *
 * @param type what the message carried
 * @param bytes the length of its payload
 * @param serviceTimeNanos from the moment its first byte was flushed to the socket until its last
 *     byte was verified, in nanoseconds
 * @param stamp the peer's times, or null if none were asked for or the peer is plain
 */
public record EchoReply(FrameType type, long bytes, long serviceTimeNanos, @Nullable Stamp stamp) {}
