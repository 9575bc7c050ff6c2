package dev.echo.frame;

/** What a server answered to a client's preface: the first thing a client's decoder emits. */
public enum PeerPreface {
  /** The client's own preface came back: the peer echoes bytes and knows nothing of frames. */
  PLAIN,
  /** An aware server's preface: it fills stamps and explains itself by ERROR frames. */
  AWARE
}
