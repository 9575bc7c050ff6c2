package dev.echo.pipeline;

/**
 * What a client needs to get to an endpoint, besides what the endpoint says by itself. Immutable;
 * each method returns another one.
 */
public final class ClientFront {
  /** Nothing. */
  public static final ClientFront NONE = new ClientFront();

  private ClientFront() {}
}
