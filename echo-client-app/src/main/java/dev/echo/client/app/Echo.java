package dev.echo.client.app;

import dev.echo.client.EchoReply;
import dev.echo.client.app.Connection.Times;
import dev.echo.frame.FrameType;
import org.jspecify.annotations.Nullable;

/**
 * What became of one message on one connection.
 *
 * @param connection its number, from 1
 * @param message its number in the plan, from 1
 * @param type what it carried
 * @param bytes what was given to the connection
 * @param reply the echo, or null if it did not come back as it was sent
 * @param times of a connection's first message how long connecting took, else null
 * @param failure why there is no reply, else null
 */
record Echo(
    int connection,
    long message,
    FrameType type,
    long bytes,
    @Nullable EchoReply reply,
    @Nullable Times times,
    @Nullable Failure failure) {}
