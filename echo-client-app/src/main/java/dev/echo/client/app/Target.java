package dev.echo.client.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.text.EscapedText;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to send, and over how many connections, as words without an option say it.
 *
 * @param endpoint where to
 * @param connections the word behind it, if there is one
 * @param hint what may have been meant if nobody answers there; empty if the words are clear
 */
record Target(Endpoint endpoint, OptionalInt connections, String hint) {
  /** Where a server is that was started without any option. */
  static final Endpoint DEFAULT_ENDPOINT = TcpEndpoint.of("127.0.0.1", 65432);

  private static final Pattern HOST_PORT =
      Pattern.compile("(\\[[^\\]]+\\]|[^:\\[\\]]+):(\\d{1,9})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final int MAX_SHOWN = 60;

  /** Below it echo servers are rare, and numbers of connections are not. */
  private static final int LIKELY_PORT = 1024;

  private static final String EXPECTED =
      " (expected: tcp://HOST:PORT, HOST:PORT, [IPV6]:PORT or HOST PORT, then perhaps CONNECTIONS;"
          + " to send text: -m hello)";

  /** One connection, if no option says otherwise. */
  static Target of(Endpoint endpoint) {
    return new Target(endpoint, OptionalInt.empty(), "");
  }

  /**
   * Reads the words.
   *
   * @throws IllegalArgumentException if they name no target; the message has a hint
   */
  static Target parse(List<String> words) {
    if (words.isEmpty()) {
      return of(DEFAULT_ENDPOINT);
    }
    String first = words.get(0);
    Matcher hostPort = HOST_PORT.matcher(first);
    if (first.contains("://")) {
      return new Target(checked(Endpoint.parse(first)), connections(words, 1), "");
    }
    if (hostPort.matches()) {
      return new Target(
          endpoint(words, hostPort.group(1), hostPort.group(2)), connections(words, 1), "");
    }
    if (words.size() >= 2 && NUMBER.matcher(words.get(1)).matches() && !first.isBlank()) {
      return new Target(
          endpoint(words, first, words.get(1)), connections(words, 2), portHint(words));
    }
    throw noTarget(words);
  }

  /**
   * How many connections there are to be.
   *
   * @param option what {@code -c} says, if it is there
   * @throws IllegalArgumentException if the words say something else
   */
  int connections(@Nullable Integer option) {
    if (option != null && connections.isPresent() && option != connections.getAsInt()) {
      throw new IllegalArgumentException(
          "-c " + option + " and " + connections.getAsInt() + ": connections, said twice");
    }
    return option != null ? option : connections.orElse(1);
  }

  /** The same, since something else made clear what was meant. */
  Target withoutHint() {
    return new Target(endpoint, connections, "");
  }

  private static String portHint(List<String> words) {
    String port = words.get(1);
    return words.size() == 2 && Integer.parseInt(port) < LIKELY_PORT
        ? port + " was taken as the port; for " + port + " connections: -c " + port
        : "";
  }

  private static Endpoint endpoint(List<String> words, String host, String port) {
    if (host.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))
        || host.contains("/")) {
      throw noTarget(words);
    }
    return checked(TcpEndpoint.of(host, Integer.parseInt(port)));
  }

  /**
   * This target, if a command can use it that needs a connection.
   *
   * @param command its name
   * @throws IllegalArgumentException if there is none
   */
  Target connected(String command) {
    if (endpoint instanceof UdpEndpoint) {
      throw new IllegalArgumentException(
          command
              + ": "
              + endpoint
              + " has no connection to ask about (over UDP: send, ping, bench)");
    }
    return this;
  }

  private static Endpoint checked(Endpoint endpoint) {
    if (endpoint instanceof NetworkEndpoint network && network.port() == 0) {
      throw new IllegalArgumentException("port: 0 (expected: 1..65535)");
    }
    return endpoint;
  }

  private static OptionalInt connections(List<String> words, int index) {
    if (words.size() <= index) {
      return OptionalInt.empty();
    }
    if (words.size() > index + 1 || !NUMBER.matcher(words.get(index)).matches()) {
      throw noTarget(words.subList(index, words.size()));
    }
    return OptionalInt.of(Integer.parseInt(words.get(index)));
  }

  private static IllegalArgumentException noTarget(List<String> words) {
    return new IllegalArgumentException(
        "'" + EscapedText.of(String.join(" ", words), MAX_SHOWN) + "' is no target" + EXPECTED);
  }
}
