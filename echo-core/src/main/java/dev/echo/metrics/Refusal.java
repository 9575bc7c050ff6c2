package dev.echo.metrics;

/** Why a connection was not served. */
public enum Refusal {
  /** The server has as many connections as it may have. */
  TOO_MANY_CONNECTIONS("too many connections"),
  /** The source address has as many connections as one may have. */
  TOO_MANY_FROM_SOURCE("too many connections from this address"),
  /** The server is shutting down. */
  DRAINING("shutting down"),
  /** The address may not use this server. */
  NOT_ALLOWED("this address is not allowed"),
  /** Only proxies may connect here, or say for whom they speak, and this address is none. */
  UNTRUSTED_PROXY("not a trusted proxy"),
  /** There is no PROXY header where one is required. */
  NO_PROXY_HEADER("no PROXY header"),
  /** There is a PROXY header that is malformed, too long, or not whole in time. */
  BAD_PROXY_HEADER("bad PROXY header");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  /**
   * Says it to a person.
   *
   * @return a few words
   */
  public String words() {
    return words;
  }
}
