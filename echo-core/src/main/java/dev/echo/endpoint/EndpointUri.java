package dev.echo.endpoint;

import dev.echo.endpoint.WebSocketEndpoint.Security;
import dev.echo.text.NearestWord;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the URIs of endpoints (RFC 3986), and hosts with or without a port as people write them.
 * {@link java.net.URI} knows no host with an underscore and no zone with a hyphen.
 */
final class EndpointUri {
  private static final Pattern URI =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)", Pattern.DOTALL);

  /** A scheme of ours and something that is nearly what follows it. */
  private static final Pattern NEARLY_URI =
      Pattern.compile("(?i)(tcp|tls|udp|wss?|unix)(?::+/*|/+)([^:/].*)", Pattern.DOTALL);

  private static final Pattern PATH = Pattern.compile("(?:/|\\.\\.?/|~/).*|[^:]*\\.sock");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}\\p{Z}]");
  private static final String UNIX = "unix:///";

  private static final List<String> SCHEMES = List.of("tcp", "tls", "udp", "unix", "ws", "wss");

  /** What other programs call what is called otherwise here. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "http", "ws", "https", "wss", "ssl", "tls", "tcps", "tls", "file", "unix", "ipc", "unix");

  private EndpointUri() {}

  static Endpoint parse(String text) {
    Matcher uri = URI.matcher(text);
    if (uri.matches()) {
      return of(text, uri.group(1).toLowerCase(Locale.ROOT), uri.group(2));
    }
    if (text.toLowerCase(Locale.ROOT).startsWith("unix:/")) {
      return unix(text, text.substring("unix:".length()));
    }
    Matcher nearly = NEARLY_URI.matcher(text);
    if (nearly.matches() && !isHostAndPort(text)) {
      String scheme = nearly.group(1).toLowerCase(Locale.ROOT);
      String slashes = scheme.equals("unix") ? ":///" : "://";
      throw Mistake.of(text, "a scheme ends with ://", scheme + slashes + nearly.group(2));
    }
    if (PATH.matcher(text).matches()) {
      throw Mistake.of(text, "a path, not a host", uriOf(text));
    }
    return bare(text);
  }

  /** Refuses what no host and no URI contains. */
  static void checkLetters(String text) {
    if (text.isEmpty()) {
      throw Mistake.expected(text, "empty", "a host, HOST:PORT or a URI, as tcp://127.0.0.1:65432");
    }
    if (SPACE.matcher(text).find()) {
      String what = "a space or control character is in it";
      boolean isInPath = text.matches("(?i)wss?://[^\\s\\p{Cntrl}\\p{Z}/]+/.*");
      throw isInPath
          ? Mistake.of(text, what, PercentText.withoutSpaces(text))
          : Mistake.of(text, what);
    }
  }

  private static Endpoint of(String text, String scheme, String rest) {
    if (scheme.equals("unix")) {
      return unix(text, rest);
    }
    checkLetters(text);
    String afterSlashes = rest.replaceFirst("^/+", "");
    if (rest.startsWith("/") && !afterSlashes.isEmpty() && SCHEMES.contains(scheme)) {
      throw Mistake.of(text, "a host follows the two slashes", scheme + "://" + afterSlashes);
    }
    return switch (scheme) {
      case "tcp" -> {
        Authority at = bare(text, scheme, rest);
        yield TcpEndpoint.of(at.host(), at.portOr(NetworkEndpoint.DEFAULT_PORT));
      }
      case "tls" -> {
        Authority at = bare(text, scheme, rest);
        yield TlsEndpoint.of(at.host(), at.portOr(NetworkEndpoint.DEFAULT_PORT));
      }
      case "udp" -> {
        Authority at = bare(text, scheme, rest);
        yield UdpEndpoint.of(at.host(), at.portOr(NetworkEndpoint.DEFAULT_PORT));
      }
      case "ws" -> webSocket(text, scheme, rest, Security.NONE);
      case "wss" -> webSocket(text, scheme, rest, Security.TLS);
      default -> throw unknown(text, scheme, rest);
    };
  }

  private static Endpoint bare(String text) {
    checkLetters(text);
    int end = endOfAuthority(text);
    if (end < text.length()) {
      String host = text.substring(0, end);
      throw Mistake.of(text, "a host has no path; over WebSocket it has", host, "ws://" + text);
    }
    Authority at = Authority.of(text, "", text);
    return TcpEndpoint.of(at.host(), at.portOr(NetworkEndpoint.DEFAULT_PORT));
  }

  /** What has neither path nor query. */
  private static Authority bare(String text, String scheme, String rest) {
    int end = endOfAuthority(rest);
    String authority = rest.substring(0, end);
    if (end < rest.length() && !authority.isEmpty()) {
      String without = scheme + "://" + authority;
      if (rest.substring(end).equals("/")) {
        throw Mistake.of(text, scheme + " has no path, not even a slash", without);
      }
      String webSocket = (scheme.equals("tls") ? "wss" : "ws") + "://" + rest;
      throw Mistake.of(text, scheme + " has no path; WebSocket has", without, webSocket);
    }
    return Authority.of(text, scheme + "://", authority);
  }

  private static Endpoint webSocket(String text, String scheme, String rest, Security security) {
    int end = endOfAuthority(rest);
    Authority at = Authority.of(text, scheme + "://", rest.substring(0, end));
    String path = rest.substring(end);
    if (path.indexOf('#') >= 0) {
      String without = scheme + "://" + rest.substring(0, rest.indexOf('#'));
      throw Mistake.of(text, "what begins with # is never sent to a server", without);
    }
    PercentText.check(text, path);
    return WebSocketEndpoint.of(
        at.host(),
        at.portOr(security.defaultPort()),
        PercentText.ascii(path.startsWith("/") ? path : "/" + path),
        security);
  }

  private static Endpoint unix(String text, String rest) {
    if (!rest.startsWith("/")) {
      String path = rest.isEmpty() ? "run/echo.sock" : rest;
      throw Mistake.of(text, "the path of a socket begins with a slash", UNIX + path);
    }
    String path = "/" + rest.replaceFirst("^/+", "");
    if (path.equals("/")) {
      throw Mistake.of(text, "no path", UNIX + "run/echo.sock");
    }
    for (char sign : new char[] {'?', '#'}) {
      if (path.indexOf(sign) >= 0) {
        String encoded = path.replace("?", "%3F").replace("#", "%23");
        throw Mistake.of(
            text, "in the path of a socket " + sign + " is written as a code", "unix://" + encoded);
      }
    }
    PercentText.check(text, path);
    try {
      return new UnixEndpoint(Path.of(PercentText.decode(text, path)));
    } catch (InvalidPathException e) {
      throw Mistake.of(text, "no file can have this path here");
    }
  }

  private static IllegalArgumentException unknown(String text, String scheme, String rest) {
    String meant = OTHER_NAMES.getOrDefault(scheme, NearestWord.of(scheme, SCHEMES).orElse(""));
    String what = "no endpoint has the scheme " + scheme;
    if (meant.isEmpty()) {
      return Mistake.expected(text, what, String.join(", ", SCHEMES) + ", as in tcp://HOST:PORT");
    }
    boolean hasPath = meant.startsWith("ws") || meant.equals("unix");
    String kept = hasPath ? rest : rest.substring(0, endOfAuthority(rest));
    return Mistake.of(text, what, meant + "://" + kept);
  }

  private static boolean isHostAndPort(String text) {
    return text.matches("[^:/]+:\\d*");
  }

  private static int endOfAuthority(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) >= 0) {
        return i;
      }
    }
    return rest.length();
  }

  private static String uriOf(String path) {
    try {
      String absolute =
          path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
      return new UnixEndpoint(Path.of(absolute).toAbsolutePath().normalize()).toString();
    } catch (IllegalArgumentException e) {
      return UNIX + "run/echo.sock"; // too long, or no path: as an example
    }
  }
}
