/**
 * The end of each direction, the same for every path: {@link dev.echo.duplex.EndOfOutput} is
 * written to finish this side, and Netty's {@code ChannelInputShutdownEvent} tells that the peer
 * has finished. Stages between the socket and the echo translate: TLS has its close_notify,
 * WebSocket its close frame.
 */
@NullMarked
package dev.echo.duplex;

import org.jspecify.annotations.NullMarked;
