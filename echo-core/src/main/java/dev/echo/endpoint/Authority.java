package dev.echo.endpoint;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host, and a port if there is one.
 *
 * @param host a name or an address, an IPv6 address without brackets, its zone as the system has it
 */
record Authority(String host, OptionalInt port) {
  private static final Pattern BRACKETED =
      Pattern.compile("\\[([^\\]]*)\\](?::(.*))?", Pattern.DOTALL);
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** RFC 6874: the percent sign before a zone, written as a code. */
  private static final String ENCODED_PERCENT = "%25";

  private static final String EXAMPLE_HOST = "127.0.0.1";

  /**
   * Reads what stands between scheme and path.
   *
   * @param text all of it, for messages
   * @param prefix what stands before it
   */
  static Authority of(String text, String prefix, String authority) {
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String rest = text.substring(prefix.length() + authority.length());
      throw Mistake.of(
          text, "an endpoint has no user", prefix + authority.substring(at + 1) + rest);
    }
    if (authority.startsWith("[")) {
      return bracketed(text, prefix, authority);
    }
    if (isIpV6(authority)) {
      return new Authority(withZone(authority, prefix), OptionalInt.empty());
    }
    int colon = authority.indexOf(':');
    if (colon < 0) {
      return new Authority(name(text, prefix, authority), OptionalInt.empty());
    }
    if (colon != authority.lastIndexOf(':')) {
      throw tooManyColons(text, prefix, authority);
    }
    String port = authority.substring(colon + 1);
    if (colon == 0) {
      throw Mistake.of(
          text,
          "no host before the port",
          prefix + EXAMPLE_HOST + (port.isEmpty() ? "" : authority));
    }
    String host = name(text, prefix, authority.substring(0, colon));
    return new Authority(
        host, OptionalInt.of(port(text, prefix + authority.substring(0, colon), port)));
  }

  int portOr(int other) {
    return port.orElse(other);
  }

  /** Whether it is an IPv6 address without brackets, with or without a zone. */
  static boolean isIpV6(String word) {
    return word.indexOf(':') >= 0 && !word.startsWith("[") && NetUtil.isValidIpV6Address(word);
  }

  private static Authority bracketed(String text, String prefix, String authority) {
    Matcher parts = BRACKETED.matcher(authority);
    String address = parts.matches() ? parts.group(1) : "";
    if (!isIpV6(address)) {
      String bare = authority.replaceAll("[\\[\\]]", "");
      int colon = bare.lastIndexOf(':');
      String before = colon < 0 ? "" : bare.substring(0, colon);
      if (isIpV6(before)) {
        throw Mistake.of(
            text,
            "an IPv6 address stands between brackets",
            prefix + "[" + before + "]" + bare.substring(colon));
      }
      int close = authority.indexOf(']');
      String inside = authority.substring(1, close < 0 ? authority.length() : close);
      if (isIpV6(inside) && close < 0) {
        throw Mistake.of(text, "no ] after the address", prefix + "[" + inside + "]");
      }
      if (isIpV6(inside)) {
        String rest = authority.substring(close + 1);
        String[] meant =
            DIGITS.matcher(rest).matches()
                ? new String[] {prefix + "[" + inside + "]:" + rest}
                : new String[] {};
        throw Mistake.of(text, "a colon and a port may follow the ]", meant);
      }
      throw Mistake.expected(
          text, "no IPv6 address stands between the brackets", "as in [::1]:65432");
    }
    String host = withZone(address, prefix);
    String port = parts.group(2);
    return new Authority(
        host,
        port == null
            ? OptionalInt.empty()
            : OptionalInt.of(port(text, prefix + "[" + address + "]", port)));
  }

  private static IllegalArgumentException tooManyColons(
      String text, String prefix, String authority) {
    int last = authority.lastIndexOf(':');
    String before = authority.substring(0, last);
    return isIpV6(before)
        ? Mistake.of(
            text,
            "an IPv6 address stands in brackets before a port",
            prefix + "[" + before + "]" + authority.substring(last))
        : Mistake.expected(text, "more than one colon", "HOST:PORT, an IPv6 address in brackets");
  }

  /**
   * Reads a port.
   *
   * @param text all that was typed, for messages
   * @param before what stands before the port
   */
  static int port(String text, String before, String port) {
    if (port.isEmpty()) {
      throw Mistake.of(
          text, "no port after the colon", before + ":" + NetworkEndpoint.DEFAULT_PORT);
    }
    if (!DIGITS.matcher(port).matches()) {
      throw Mistake.expected(text, "'" + port + "' is no port", "a number up to 65535");
    }
    String digits = port.replaceFirst("^0+(?=.)", "");
    if (digits.length() > 5 || Integer.parseInt(digits) > Hosts.MAX_PORT) {
      throw Mistake.expected(text, "there is no port " + port, "at most 65535");
    }
    return Integer.parseInt(digits);
  }

  /** In a URI the percent sign may be written as a code; by itself it goes before a number, too. */
  private static String withZone(String address, String prefix) {
    int percent = address.indexOf(ENCODED_PERCENT);
    boolean isEncoded =
        !prefix.isEmpty() && percent >= 0 && percent + ENCODED_PERCENT.length() < address.length();
    return isEncoded
        ? address.substring(0, percent)
            + "%"
            + address.substring(percent + ENCODED_PERCENT.length())
        : address;
  }

  private static String name(String text, String prefix, String name) {
    if (name.isEmpty()) {
      throw Mistake.of(text, "no host", prefix + EXAMPLE_HOST);
    }
    if (DIGITS.matcher(name).matches()) {
      throw Mistake.of(text, "a number is no host", prefix + EXAMPLE_HOST + ":" + name);
    }
    String problem = Hosts.problem(name);
    if (!problem.isEmpty()) {
      throw Mistake.of(text, problem);
    }
    return name.chars().allMatch(c -> c < 0x80) ? name : ascii(text, name);
  }

  /** Names with other letters have a spelling of their own in the DNS (RFC 3490). */
  private static String ascii(String text, String name) {
    try {
      return IDN.toASCII(name);
    } catch (IllegalArgumentException e) {
      throw Mistake.of(text, "the DNS has no spelling for this name");
    }
  }
}
