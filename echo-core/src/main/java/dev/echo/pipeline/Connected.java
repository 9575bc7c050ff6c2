package dev.echo.pipeline;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.UdpEndpoint;

/** Endpoints that have connections: all but UDP. */
final class Connected {
  private Connected() {}

  static Endpoint checked(Endpoint endpoint) {
    if (endpoint instanceof UdpEndpoint) {
      throw new IllegalArgumentException(
          "endpoint: " + endpoint + " (expected: one with connections, which UDP has not)");
    }
    return endpoint;
  }
}
