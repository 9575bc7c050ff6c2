package dev.echo.client;

/** What is known about the other side. */
public enum Peer {
  /** Frames mode, and nothing has come back yet. */
  UNKNOWN,
  /** An echo that knows nothing of frames: it returned the preface as it was. */
  PLAIN,
  /** A server that answered the preface, so it adds its times and clear errors. */
  AWARE
}
