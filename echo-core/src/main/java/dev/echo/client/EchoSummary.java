package dev.echo.client;

/**
 * What one connection did.
 *
 * @param sent messages handed to the connection
 * @param echoed messages that came back whole and equal
 * @param bytesEchoed bytes of payload that came back equal, those of unfinished messages included
 */
public record EchoSummary(long sent, long echoed, long bytesEchoed) {}
