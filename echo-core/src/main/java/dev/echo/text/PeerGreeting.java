package dev.echo.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who answers, by the first bytes of what is no echo, where that is certain.
 *
 * @param name as it stands in a sentence, such as {@code an SSH server}
 * @param advice what to do about it, in one line; may be empty
 */
public record PeerGreeting(String name, String advice) {
  private static final byte[] PROXY_V2 = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int RECORD_HEADER_BYTES = 5;
  private static final String PORT = "is the port right?";

  /** Texts, as bytes without an encoding; the first that fits counts. */
  private static final List<Known> KNOWN =
      List.of(
          known(
              "PROXY (TCP[46]|UNKNOWN)[ \r].*",
              "a PROXY header in front",
              "a proxy adds it for its backend, which returned it; for an echo-server behind it:"
                  + " --proxy-protocol required --proxy-from PROXY"),
          known(
              "\u00FEECHO\r\n\u0081.*",
              "an echo-server that takes frames only",
              "--mode frames, the default, speaks with it"),
          known("SSH-.*", "an SSH server", PORT),
          known(
              "HTTP/[0-9].*",
              "a web server",
              "if it has a WebSocket: ws://HOST:PORT/PATH, and if not: " + PORT),
          known(
              "(GET|HEAD|POST|PUT|OPTIONS|CONNECT|PRI) \\S+ HTTP/.*",
              "an HTTP request",
              "something on the path asks like a client: a health check, or a proxy?"),
          known("220[ -].*", "an SMTP or FTP server", PORT),
          known("(421|4[0-9]{2}|5[0-9]{2})[ -].*", "an SMTP or FTP server that refuses", PORT),
          known("\\+OK.*", "a POP3 server", PORT),
          known("\\* (OK|BYE|PREAUTH).*", "an IMAP server", PORT),
          known("-(ERR|NOAUTH|DENIED|LOADING|MISCONF|WRONGPASS)\\b.*", "a Redis server", PORT),
          known("(ERROR|CLIENT_ERROR|SERVER_ERROR)\\b.*", "a memcached server", PORT),
          known("RFB [0-9]{3}\\..*", "a VNC server", PORT),
          known("INFO \\{.*", "a NATS server", PORT),
          known("(RTSP|SIP)/[0-9].*", "an RTSP or SIP server", PORT),
          known("<(\\?xml|stream).*", "an XMPP server", PORT),
          known("\0\0.\4\0{5}.*", "an HTTP/2 server", PORT),
          known("AMQP.*", "an AMQP server", PORT),
          known("E\0\0.*S(FATAL|ERROR).*", "a PostgreSQL server", PORT),
          known(".{3}\0(\n|\u00FF.{2}).*", "a MySQL server", PORT),
          known("\u00FF[\u00FB-\u00FE].*", "a telnet server", PORT));

  private record Known(Pattern pattern, PeerGreeting greeting) {}

  /**
   * Recognizes who answers.
   *
   * @param first how the answer begins, raw
   * @return empty if nobody in particular
   */
  public static Optional<PeerGreeting> of(byte[] first) {
    Optional<PeerGreeting> binary = binary(first);
    if (binary.isPresent()) {
      return binary;
    }
    String text = new String(first, StandardCharsets.ISO_8859_1);
    return KNOWN.stream()
        .filter(known -> known.pattern.matcher(text).matches())
        .map(Known::greeting)
        .findFirst();
  }

  private static Optional<PeerGreeting> binary(byte[] first) {
    int common = Math.min(first.length, PROXY_V2.length);
    if (common == PROXY_V2.length && Arrays.equals(first, 0, common, PROXY_V2, 0, common)) {
      return Optional.of(
          new PeerGreeting(KNOWN.get(0).greeting.name(), KNOWN.get(0).greeting.advice()));
    }
    boolean isTls =
        first.length > RECORD_HEADER_BYTES && first[1] == 3 && first[2] >= 0 && first[2] <= 4;
    if (isTls && first[0] == ALERT) {
      return Optional.of(
          new PeerGreeting(
              "a TLS alert", "that is TLS: tls://HOST:PORT, or wss:// for a WebSocket"));
    }
    if (isTls && first[0] == HANDSHAKE && first[RECORD_HEADER_BYTES] == CLIENT_HELLO) {
      return Optional.of(
          new PeerGreeting(
              "a TLS ClientHello", "something on the path starts TLS like a client: a proxy?"));
    }
    return Optional.empty();
  }

  private static Known known(String pattern, String name, String advice) {
    return new Known(Pattern.compile(pattern, Pattern.DOTALL), new PeerGreeting(name, advice));
  }

  /**
   * Names what came.
   *
   * @param shown the bytes, escaped
   * @return them, and who it is in parentheses, after {@code answered}
   */
  public static String named(byte[] first, String shown) {
    return "answered " + shown + of(first).map(greeting -> " (" + greeting.name() + ")").orElse("");
  }
}
