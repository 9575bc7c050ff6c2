package dev.echo.pipeline;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.TlsEndpoint;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.WebSocketEndpoint;

/** Endpoints that have no stages yet. */
final class Unsupported {
  private Unsupported() {}

  static Endpoint refuse(Endpoint endpoint) {
    if (endpoint instanceof TcpEndpoint
        || endpoint instanceof TlsEndpoint
        || endpoint instanceof UnixEndpoint
        || endpoint instanceof WebSocketEndpoint) {
      return endpoint;
    }
    throw new IllegalArgumentException("endpoint: " + endpoint + " is not supported yet");
  }
}
