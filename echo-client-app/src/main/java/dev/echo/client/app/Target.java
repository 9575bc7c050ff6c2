package dev.echo.client.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.EndpointWords;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.UdpEndpoint;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to send, and over how many connections, as words without an option say it.
 *
 * @param endpoint where to
 * @param connections the word behind it, if there is one
 * @param hint what may have been meant if nobody answers there; empty if the words are clear
 * @param text what may have been meant if there is no such host; empty if it was meant for one
 */
record Target(Endpoint endpoint, OptionalInt connections, String hint, String text) {
  /** Where a server is that was started without any option. */
  static final Endpoint DEFAULT_ENDPOINT =
      TcpEndpoint.of("127.0.0.1", NetworkEndpoint.DEFAULT_PORT);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** Below it echo servers are rare, and numbers of connections are not. */
  private static final int LIKELY_PORT = 1024;

  /** One connection, if no option says otherwise. */
  static Target of(Endpoint endpoint) {
    return new Target(endpoint, OptionalInt.empty(), "", "");
  }

  /** Reads the words of a command that has {@code -c}. */
  static Target parse(List<String> words) {
    return parse(words, "-c");
  }

  /**
   * Reads the words.
   *
   * @param option that says how many connections the command makes; empty if it has none
   * @throws IllegalArgumentException if they name no target; the message has a hint
   */
  static Target parse(List<String> words, String option) {
    if (words.isEmpty()) {
      return of(DEFAULT_ENDPOINT);
    }
    EndpointWords named = endpoint(words, option);
    return new Target(
        checked(named.endpoint(), words),
        connections(words, named.count()),
        hint(words, option),
        text(words));
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
    return new Target(endpoint, connections, "", text);
  }

  private static EndpointWords endpoint(List<String> words, String option) {
    String first = words.get(0);
    if (NUMBER.matcher(first).matches()) {
      String number =
          option.isEmpty() ? "" : "for so many connections: " + option + " " + first + "; ";
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%1$s' is a number, no target (%2$sfor a port: 127.0.0.1:%1$s)",
              first,
              number));
    }
    try {
      return EndpointWords.read(words);
    } catch (IllegalArgumentException e) {
      throw looksLikeText(words)
          ? new IllegalArgumentException(e.getMessage() + textHint(words), e)
          : e;
    }
  }

  /** A word alone may have been meant to be sent. */
  private static String text(List<String> words) {
    boolean isHost = words.size() == 1 && EndpointWords.isHost(words.get(0));
    return isHost && looksLikeText(words)
        ? "'" + words.get(0) + "' was taken as a host" + textHint(words)
        : "";
  }

  private static String hint(List<String> words, String option) {
    boolean isPort = words.size() == 2 && EndpointWords.isHost(words.get(0));
    String port = isPort ? words.get(1) : "";
    return isPort && !option.isEmpty() && Integer.parseInt(port) < LIKELY_PORT
        ? port + " was taken as the port; for " + port + " connections: " + option + " " + port
        : "";
  }

  /** Words without what separates the parts of an address. */
  private static boolean looksLikeText(List<String> words) {
    return words.stream().noneMatch(word -> word.matches(".*[:/\\[].*"));
  }

  private static String textHint(List<String> words) {
    String text = String.join(" ", words);
    boolean isPlain = text.matches("[A-Za-z0-9_.,-]+");
    return "; to send text: -m " + (isPlain ? text : "'" + text.replace("'", "'\\''") + "'");
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

  private static Endpoint checked(Endpoint endpoint, List<String> words) {
    if (endpoint instanceof NetworkEndpoint network && network.port() == 0) {
      throw new IllegalArgumentException(
          "'" + String.join(" ", words) + "': nobody is at port 0 (expected: 1 to 65535)");
    }
    return endpoint;
  }

  private static OptionalInt connections(List<String> words, int index) {
    if (words.size() <= index) {
      return OptionalInt.empty();
    }
    String word = words.get(index);
    if (!NUMBER.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "'"
              + word
              + "': a number of connections may follow the target"
              + textHint(rest(words, index)));
    }
    if (words.size() > index + 1) {
      throw new IllegalArgumentException(
          "'"
              + words.get(index + 1)
              + "': nothing follows the number of connections"
              + textHint(rest(words, index + 1)));
    }
    return OptionalInt.of(Integer.parseInt(word));
  }

  private static List<String> rest(List<String> words, int index) {
    return words.subList(index, words.size());
  }
}
