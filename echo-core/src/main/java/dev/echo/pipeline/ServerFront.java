package dev.echo.pipeline;

/**
 * What stands between a listener's sockets and the echo, besides what its endpoint says by itself.
 * Immutable; each method returns another one.
 */
public final class ServerFront {
  /** Nothing. */
  public static final ServerFront NONE = new ServerFront();

  private ServerFront() {}
}
