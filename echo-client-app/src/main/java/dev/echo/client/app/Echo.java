package dev.echo.client.app;

import dev.echo.client.EchoReply;
import dev.echo.client.app.Connection.Times;
import dev.echo.frame.FrameType;
import dev.echo.text.ExitStatus;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What became of one message on one connection.
 *
 * @param connection its number, from 1
 * @param message its number in the plan, from 1
 * @param type what it carried
 * @param bytes what was given to the connection
 * @param echoedBytes how many of them came back as they were sent, from the first one on
 * @param reply the echo, or null if it did not come back as it was sent
 * @param serviceNanos how long the echo took; empty without an echo, or if the message had to wait
 *     for other connections on its way
 * @param times of a connection's first message how long connecting took, else null
 * @param failure why there is no reply, else null
 */
record Echo(
    int connection,
    long message,
    FrameType type,
    long bytes,
    long echoedBytes,
    @Nullable EchoReply reply,
    OptionalLong serviceNanos,
    @Nullable Times times,
    @Nullable Failure failure) {

  /** A message that came back. */
  static Echo of(int connection, long message, EchoReply reply, @Nullable Times times) {
    return new Echo(
        connection,
        message,
        reply.type(),
        reply.bytes(),
        reply.bytes(),
        reply,
        OptionalLong.of(reply.serviceTimeNanos()),
        times,
        null);
  }

  /** A message that did not come back, or only the beginning of it. */
  static Echo lost(
      int connection, long message, FrameType type, long bytes, long echoedBytes, Failure failure) {
    return new Echo(
        connection, message, type, bytes, echoedBytes, null, OptionalLong.empty(), null, failure);
  }

  /** What became of this message; what came in front of it is no fault of its own. */
  ExitStatus status() {
    return failure == null
        ? ExitStatus.OK
        : failure.isInAddition() ? ExitStatus.INCOMPLETE : failure.status();
  }

  boolean hasUnusableStamp() {
    return reply != null && reply.hasUnusableStamp();
  }

  /** The same echo, of which the time says something about other connections. */
  Echo withoutTime() {
    return new Echo(
        connection, message, type, bytes, echoedBytes, reply, OptionalLong.empty(), times, failure);
  }
}
