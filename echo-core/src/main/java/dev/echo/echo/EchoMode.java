package dev.echo.echo;

import java.util.Locale;

/** How a listener reads what its peers send. */
public enum EchoMode {
  /** Frames for a peer that begins with the preface, stream for every other. */
  AUTO,
  /** Pure RFC 862: every byte comes back as it is, and nothing is interpreted. */
  STREAM,
  /** Frames only: a peer that begins with anything but the preface is told so, and ended. */
  FRAMES;

  /** The name as it is written on a command line: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
