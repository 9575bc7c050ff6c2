package dev.echo.load;

import dev.echo.metrics.Distribution;
import java.time.Duration;

/**
 * What was seen in one slice of a run, by the moment an echo came back. Slices of the warm-up are
 * there, too.
 *
 * @param from from the first due time, the warm-up included, to the begin of the slice
 * @param length of the slice
 * @param warmup whether it began in the warm-up
 * @param sent messages
 * @param echoed messages that came back whole and equal
 * @param wrong messages that came back wrong
 * @param datagrams what happened to datagrams besides; nothing over a connection
 * @param response of the echoed ones; empty in closed loop
 * @param service of the echoed ones
 * @param maxPause the longest pause of this process and machine
 */
public record Interval(
    Duration from,
    Duration length,
    boolean warmup,
    long sent,
    long echoed,
    long wrong,
    DatagramEvents datagrams,
    Distribution response,
    Distribution service,
    Duration maxPause) {}
