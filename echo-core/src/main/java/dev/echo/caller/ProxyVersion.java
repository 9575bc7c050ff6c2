package dev.echo.caller;

import java.util.Locale;

/** The two forms of a PROXY header. */
public enum ProxyVersion {
  /** A line of text. */
  V1,
  /** Binary. */
  V2;

  /** The name as it is written on a command line: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
