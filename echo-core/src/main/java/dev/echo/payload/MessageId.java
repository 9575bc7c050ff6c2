package dev.echo.payload;

/**
 * Which message of a run.
 *
 * @param connection which one; a run counts them from 1
 * @param sequence from 0
 */
public record MessageId(int connection, long sequence) {}
