package dev.echo.metrics;

/** Why a connection or a datagram was not served. */
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
  BAD_PROXY_HEADER("bad PROXY header"),
  /** A datagram comes from a port where services answer: 0 to 1023, or 2049. */
  SERVICE_PORT("from the port of a service"),
  /** A datagram comes from a port on which this server listens itself, at whatever address. */
  OWN_PORT("from a port of this server's own"),
  /** A datagram comes from or went to a multicast, broadcast or unspecified address. */
  NOT_UNICAST("not from one address to one address"),
  /** A datagram is an echo server's answer: answering it could go on for ever. */
  ANSWER("an answer of an echo server"),
  /** The source address, or all together, sent more datagrams than they may. */
  TOO_MANY_DATAGRAMS("too many datagrams"),
  /** The source has not yet shown that it receives what is sent to it. */
  UNVERIFIED("the source has not returned its cookie"),
  /** The socket did not take the echo of a datagram. */
  NOT_TAKEN("the socket takes no more");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  /**
   * Says it to a person.
   *
   * @return a few words, to stand behind a colon
   */
  public String words() {
    return words;
  }
}
