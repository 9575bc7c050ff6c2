package dev.echo.client;

/**
 * What stream mode does with data that begins, on its connection, with the preface of frames mode:
 * a server in auto mode would take it for frames.
 */
public enum PrefaceData {
  /** The message fails with an {@link IllegalArgumentException} and nothing of it is sent. */
  REFUSE,
  /** It is sent like any other: the peer is known to interpret nothing. */
  SEND
}
