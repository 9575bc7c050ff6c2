package dev.echo.endpoint;

/** Hosts and ports as every endpoint has them. */
final class Hosts {
  private static final int MAX_PORT = 0xFFFF;

  private Hosts() {}

  static void check(String host, int port) {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host: empty (expected: a name or an address)");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
    }
  }

  static String withoutBrackets(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return bracketed ? host.substring(1, host.length() - 1) : host;
  }

  static String uri(String scheme, String host, int port) {
    return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
