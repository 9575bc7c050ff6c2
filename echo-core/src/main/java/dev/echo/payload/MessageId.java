package dev.echo.payload;

/**
 * Which message of a run.
 *
 * @param connection from 0
 * @param sequence from 0
 */
public record MessageId(int connection, long sequence) {}
