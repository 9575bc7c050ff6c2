package dev.echo.pipeline;

import dev.echo.endpoint.UnixPermissions;

/**
 * What stands between a listener's sockets and the echo, besides what its endpoint says by itself.
 * Immutable; each method returns another one.
 */
public final class ServerFront {
  /** Nothing. */
  public static final ServerFront NONE = new ServerFront(UnixPermissions.SYSTEM);

  private final UnixPermissions unix;

  private ServerFront(UnixPermissions unix) {
    this.unix = unix;
  }

  /**
   * Sets who may connect to the listeners on Unix domain sockets.
   *
   * @param permissions of their files; {@link UnixPermissions#SYSTEM} by default
   * @return another front
   */
  public ServerFront unix(UnixPermissions permissions) {
    return new ServerFront(permissions);
  }

  /**
   * Who may connect to the listeners on Unix domain sockets.
   *
   * @return permissions of their files
   */
  public UnixPermissions unix() {
    return unix;
  }
}
