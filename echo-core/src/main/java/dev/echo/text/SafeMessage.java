package dev.echo.text;

/**
 * Marks an exception of ours whose message is for people: one sentence, in plain words, with what
 * came from a peer escaped. Messages of other exceptions are not shown as they are.
 */
public interface SafeMessage {}
