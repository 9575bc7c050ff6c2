package dev.echo.metrics;

/**
 * What {@link EchoCounters} had counted at one moment.
 *
 * @param accepted connections served, open ones included
 * @param open connections open now
 * @param refused connections closed right after they were accepted
 * @param ended connections that the server ended before their peer did
 * @param failed connections that failed, as by a reset
 * @param bytesReceived bytes read
 * @param bytesEchoed bytes handed to be written
 */
public record EchoSnapshot(
    long accepted,
    long open,
    long refused,
    long ended,
    long failed,
    long bytesReceived,
    long bytesEchoed) {}
