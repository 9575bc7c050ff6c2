package dev.echo.websocket;

import dev.echo.text.EscapedText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server answered to the handshake: its head, line by line. */
final class HandshakeAnswer {
  private static final String PROTOCOL = "HTTP/1.1 ";
  private static final int SHOWN_CHARACTERS = 80;

  private HandshakeAnswer() {}

  /** Whether bytes may be the beginning of an answer. */
  static boolean mayBe(String begun) {
    return begun.length() < PROTOCOL.length()
        ? PROTOCOL.startsWith(begun)
        : begun.startsWith("HTTP/1.");
  }

  /** Names what came, by its first line. */
  static String name(String begun) {
    return "answered " + EscapedText.of(begun.lines().findFirst().orElse(""), SHOWN_CHARACTERS);
  }

  /**
   * Checks a whole head (RFC 6455, 4.1).
   *
   * @return what is wrong, or null
   */
  static @Nullable String check(String head, String key) {
    String[] lines = head.split("\r\n");
    if (!lines[0].startsWith(PROTOCOL + "101")) {
      return name(head);
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.merge(
            line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
      }
    }
    if (!headers.getOrDefault("Upgrade", "").equalsIgnoreCase("websocket")
        || !hasToken(headers.getOrDefault("Connection", ""), "upgrade")) {
      return name(head) + ", but not with a WebSocket";
    }
    if (!AcceptKey.of(key).equals(headers.get("Sec-WebSocket-Accept"))) {
      return name(head) + ", but with a wrong Sec-WebSocket-Accept";
    }
    return headers.containsKey("Sec-WebSocket-Extensions")
            || headers.containsKey("Sec-WebSocket-Protocol")
        ? name(head) + ", but with an extension or a protocol that nobody asked for"
        : null;
  }

  private static boolean hasToken(String list, String token) {
    return Arrays.stream(list.toLowerCase(Locale.ROOT).split(","))
        .anyMatch(each -> each.strip().equals(token));
  }
}
