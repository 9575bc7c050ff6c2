package dev.echo.ping;

import dev.echo.client.EchoException;
import java.time.Instant;

/**
 * A ping that came back wrong.
 *
 * @param flow which one, from 1
 * @param sequence of the ping in its flow, from 1
 * @param at the wall clock
 * @param cause which bytes differ
 */
public record PingWrong(int flow, long sequence, Instant at, EchoException cause) {}
