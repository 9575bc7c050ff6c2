package dev.echo.caller;

import io.netty.channel.Channel;
import java.util.Locale;

/**
 * What a server does with PROXY headers. Immutable.
 *
 * @param mode whether there may or must be one
 * @param from the proxies that may say for whom they speak
 * @param unix whether peers on a Unix socket, which have no IP address, are such proxies
 */
public record ProxyPolicy(Mode mode, Networks from, UnixPeers unix) {
  /** Whether there is a header. */
  public enum Mode {
    /** None is looked for: what looks like one is echoed. */
    OFF,
    /** There may be one. */
    OPTIONAL,
    /** There must be one. */
    REQUIRED;

    /** The name as it is written on a command line: lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the mode of a Unix socket's file is enough to trust whoever can connect. */
  public enum UnixPeers {
    /** They are proxies. */
    TRUSTED,
    /** They speak for themselves. */
    UNTRUSTED
  }

  /** No header is looked for. */
  public static final ProxyPolicy OFF =
      new ProxyPolicy(Mode.OFF, Networks.NONE, UnixPeers.UNTRUSTED);

  /** Checks that somebody is trusted. */
  public ProxyPolicy {
    if (mode != Mode.OFF && from.isEmpty() && unix == UnixPeers.UNTRUSTED) {
      throw new IllegalArgumentException("from: nobody (expected: one network or more)");
    }
  }

  /**
   * Says whether headers are looked for.
   *
   * @return false if all is as without this policy
   */
  public boolean isOn() {
    return mode != Mode.OFF;
  }

  /**
   * Says whether a peer may connect at all.
   *
   * @param connection just accepted
   * @return false for one that must send a header and is not trusted
   */
  public boolean allows(Channel connection) {
    return mode != Mode.REQUIRED || trusts(connection);
  }

  /**
   * Says whether a peer may say for whom it speaks.
   *
   * @param connection just accepted, or open
   * @return false for one whose own address counts, whatever it says
   */
  public boolean trusts(Channel connection) {
    return Caller.isUnix(connection)
        ? unix == UnixPeers.TRUSTED
        : Caller.of(connection).ip().map(from::contain).orElse(false);
  }
}
