package dev.echo.metrics;

/** Why a connection was not served. */
public enum Refusal {
  /** The server has as many connections as it may have. */
  TOO_MANY_CONNECTIONS,
  /** The source address has as many connections as one may have. */
  TOO_MANY_FROM_SOURCE,
  /** The server is shutting down. */
  DRAINING
}
