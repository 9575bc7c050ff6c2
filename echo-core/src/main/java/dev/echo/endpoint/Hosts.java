package dev.echo.endpoint;

/** Hosts and ports as every endpoint has them. */
final class Hosts {
  static final int MAX_PORT = 0xFFFF;

  /** What separates a host from what stands beside it, or is in no host at all. */
  private static final String SEPARATORS = "/?#@[]\\\"<>^`{|}'()&$;*!=,~";

  private Hosts() {}

  static void check(String host, int port) {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host: empty (expected: a name or an address)");
    }
    String problem = Authority.isIpV6(host) ? "" : problem(host);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException("host: '" + host + "': " + problem);
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
    }
  }

  /** What is wrong with a name or an IPv4 address; empty if nothing is. */
  static String problem(String name) {
    return name.codePoints()
        .filter(
            c ->
                SEPARATORS.indexOf(c) >= 0
                    || c == ':'
                    || c == '%'
                    || Character.isWhitespace(c)
                    || Character.isISOControl(c))
        .mapToObj(c -> "no host has " + (c <= ' ' ? "a space" : Character.toString(c)) + " in it")
        .findFirst()
        .orElse("");
  }

  static String withoutBrackets(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return bracketed ? host.substring(1, host.length() - 1) : host;
  }

  static String uri(String scheme, String host, int port) {
    return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + zoned(host) + "]" : host) + ":" + port;
  }

  /** A zone that would be taken for an encoded one is encoded (RFC 6874). */
  private static String zoned(String host) {
    int percent = host.indexOf('%');
    return percent >= 0 && host.startsWith("25", percent + 1) && host.length() > percent + 3
        ? host.substring(0, percent) + "%25" + host.substring(percent + 1)
        : host;
  }
}
