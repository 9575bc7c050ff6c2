package dev.echo.websocket;

import dev.echo.text.EscapedText;
import dev.echo.text.PeerGreeting;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to the handshake: a whole head.
 *
 * @param statusLine the first line
 * @param status of it; 0 if it is no status line
 * @param headers by name, without regard to case; several of a name joined by commas
 * @param lineFeeds whether a line ends without a carriage return
 */
record HandshakeAnswer(
    String statusLine, int status, Map<String, String> headers, boolean lineFeeds) {
  static final int SWITCHING = 101;

  private static final String PROTOCOL = "HTTP/1.1 ";
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[0-9] ([0-9]{3})( .*)?");
  private static final Pattern LONE_LINE_FEED = Pattern.compile("(?<!\r)\n");
  private static final int SHOWN_CHARACTERS = 80;

  /** Headers that say who answered, and what it wants. */
  private static final List<String> TELLING =
      List.of(
          "Server",
          "Via",
          "Location",
          "Retry-After",
          "WWW-Authenticate",
          "Proxy-Authenticate",
          "Sec-WebSocket-Version");

  /** Whether bytes may be the beginning of an answer. */
  static boolean mayBe(String begun) {
    return begun.length() < PROTOCOL.length()
        ? PROTOCOL.startsWith(begun)
        : begun.startsWith("HTTP/1.");
  }

  /** Whether a head has ended, with lines that end properly or not. */
  static boolean isWhole(CharSequence head) {
    int end = head.length();
    return (end >= 2 && head.charAt(end - 1) == '\n' && head.charAt(end - 2) == '\n')
        || (end >= 3
            && head.charAt(end - 1) == '\n'
            && head.charAt(end - 2) == '\r'
            && head.charAt(end - 3) == '\n');
  }

  /** Names what came, by its first line. */
  static String name(String begun) {
    return "answered " + EscapedText.of(begun.lines().findFirst().orElse(""), SHOWN_CHARACTERS);
  }

  /** Names what is no answer of HTTP, and who gives such ones. */
  static WebSocketException other(String begun) {
    String line = begun.lines().findFirst().orElse("");
    byte[] first = begun.getBytes(StandardCharsets.ISO_8859_1);
    String shown =
        line.chars().allMatch(c -> c >= ' ' && c < 0x7F)
            ? EscapedText.of(line, SHOWN_CHARACTERS)
            : EscapedText.of(Unpooled.wrappedBuffer(first), SHOWN_CHARACTERS);
    return WebSocketException.handshake(
        PeerGreeting.named(first, shown),
        PeerGreeting.of(first).map(PeerGreeting::advice).orElse(""));
  }

  static HandshakeAnswer of(String head) {
    List<String> lines = head.lines().toList();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.merge(
            line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
      }
    }
    Matcher status = STATUS_LINE.matcher(lines.get(0));
    return new HandshakeAnswer(
        lines.get(0),
        status.matches() ? Integer.parseInt(status.group(1)) : 0,
        headers,
        LONE_LINE_FEED.matcher(head).find());
  }

  /** Whether the answer itself is still to come (RFC 9110, 15.2). */
  boolean isInterim() {
    return status >= 100 && status < 200 && status != SWITCHING && !lineFeeds;
  }

  /**
   * Checks it (RFC 6455, 4.1).
   *
   * @return what is wrong, or null
   */
  @Nullable WebSocketException check(String key) {
    String problem = problem(key);
    return problem == null
        ? null
        : WebSocketException.handshake(name(statusLine) + problem + telling(), advice());
  }

  private @Nullable String problem(String key) {
    if (status != SWITCHING) {
      return "";
    }
    if (lineFeeds) {
      return ", but its lines end with a line feed alone (RFC 9112 has CR LF)";
    }
    if (!statusLine.startsWith(PROTOCOL)) {
      return ", but only HTTP/1.1 can change to another protocol";
    }
    if (!headers.getOrDefault("Upgrade", "").equalsIgnoreCase("websocket")) {
      return ", but not with a WebSocket: no header Upgrade: websocket";
    }
    if (!hasToken(headers.getOrDefault("Connection", ""), "upgrade")) {
      return ", but not with a WebSocket: no header Connection: Upgrade";
    }
    String accept = headers.get("Sec-WebSocket-Accept");
    if (!AcceptKey.of(key).equals(accept)) {
      return accept == null
          ? ", but without Sec-WebSocket-Accept"
          : ", but with a wrong Sec-WebSocket-Accept: an answer to another request?";
    }
    String unasked =
        unasked("Sec-WebSocket-Extensions", "the extension ")
            + unasked("Sec-WebSocket-Protocol", "the protocol ");
    return unasked.isEmpty() ? null : unasked;
  }

  private String unasked(String header, String what) {
    String value = headers.get(header);
    return value == null
        ? ""
        : ", but with " + what + EscapedText.of(value, SHOWN_CHARACTERS) + " that nobody asked for";
  }

  private String telling() {
    List<String> told = new ArrayList<>();
    for (String name : TELLING) {
      String value = headers.get(name);
      if (value != null) {
        told.add(name + ": " + EscapedText.of(value, SHOWN_CHARACTERS));
      }
    }
    return told.isEmpty() ? "" : " (" + String.join("; ", told) + ")";
  }

  /** What to do about it; empty if nobody knows. */
  private String advice() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> redirected();
      case 401, 407 -> "it asks for credentials, which this client does not send";
      case 403 -> "it does not allow this client, or this path";
      case 400, 426 -> "it takes another kind of request; the server's log may say what it misses";
      case 404, 405 -> "it has no WebSocket there: is the path right?";
      case 429 -> "it has had too many requests";
      case 502, 504 -> "a proxy answered that does not reach what is behind it";
      case 503 -> "a proxy or a server answered that is not ready";
      case SWITCHING -> "";
      default ->
          status >= 200 && status < 300
              ? "a web server that opens no WebSocket there: is the path right?"
              : "";
    };
  }

  private String redirected() {
    String location = headers.getOrDefault("Location", "");
    return location.matches("(?i)(https?|wss?)://.*")
        ? "it redirects, which is not followed; ask there: "
            + EscapedText.of(location.replaceFirst("(?i)^http", "ws"), 2 * SHOWN_CHARACTERS)
        : "it redirects, which is not followed";
  }

  private static boolean hasToken(String list, String token) {
    return Arrays.stream(list.toLowerCase(Locale.ROOT).split(","))
        .anyMatch(each -> each.strip().equals(token));
  }
}
