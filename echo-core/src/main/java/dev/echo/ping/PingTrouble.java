package dev.echo.ping;

import java.time.Instant;

/**
 * A connection that could not be made or was lost. It is made again.
 *
 * @param flow which one, from 1
 * @param at the wall clock
 * @param cause why, mostly an {@link dev.echo.client.EchoException}
 */
public record PingTrouble(int flow, Instant at, Throwable cause) {}
