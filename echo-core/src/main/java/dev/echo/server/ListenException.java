package dev.echo.server;

import dev.echo.endpoint.Endpoint;
import java.io.IOException;

/** A listener could not be started, as when the port is in use. */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Endpoint endpoint;

  ListenException(Endpoint endpoint, Throwable cause) {
    super("cannot listen on " + endpoint + ": " + ListenReason.words(endpoint, cause), cause);
    this.endpoint = endpoint;
  }

  private ListenException(Endpoint endpoint, String why) {
    super("cannot listen on " + endpoint + ": " + why);
    this.endpoint = endpoint;
  }

  /** The event loops have been shut down before it listened. */
  static ListenException loopsOver(Endpoint endpoint) {
    return new ListenException(endpoint, "its event loops have been shut down");
  }

  /**
   * Where the listener was to be.
   *
   * @return the endpoint as it was asked for
   */
  public Endpoint endpoint() {
    return endpoint;
  }
}
