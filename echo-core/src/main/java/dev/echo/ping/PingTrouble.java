package dev.echo.ping;

import java.time.Instant;

/**
 * A connection that could not be made or was lost.
 *
 * @param flow which one, from 1
 * @param at the wall clock
 * @param cause why, mostly an {@link dev.echo.client.EchoException}
 * @param isMadeAgain whether it is made again: as long as pings are to be sent
 */
public record PingTrouble(int flow, Instant at, Throwable cause, boolean isMadeAgain) {}
