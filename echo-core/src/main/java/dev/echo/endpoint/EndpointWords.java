package dev.echo.endpoint;

import java.util.List;

/**
 * An endpoint as the words of a command line name it: a URI, {@code HOST:PORT}, {@code
 * [IPV6]:PORT}, {@code HOST}, or {@code HOST PORT} as two words.
 *
 * @param endpoint that is named
 * @param count how many words name it: 1 or 2
 */
public record EndpointWords(Endpoint endpoint, int count) {
  /**
   * Reads the first words; what follows them is not looked at.
   *
   * @param words at least one
   * @return the endpoint
   * @throws IllegalArgumentException if they name none; the message says what is wrong and, if that
   *     can be guessed, what was meant; the words stand in it as they were given
   */
  public static EndpointWords read(List<String> words) {
    String first = words.get(0);
    if (words.size() == 1 || !isHost(first)) {
      return new EndpointWords(Endpoint.parse(first), 1);
    }
    EndpointUri.checkLetters(words.get(1));
    int port = Authority.port(first + " " + words.get(1), first, words.get(1));
    return new EndpointWords(TcpEndpoint.of(Authority.of(first, "", first).host(), port), 2);
  }

  /**
   * Whether a word is a host and nothing else, so that a port may follow.
   *
   * @param word of a command line
   * @return false for a URI, for what has a port or a path, and for a number
   */
  public static boolean isHost(String word) {
    if (word.startsWith("[")) {
      return word.endsWith("]");
    }
    return Authority.isIpV6(word)
        || (!word.isEmpty() && Hosts.problem(word).isEmpty() && !word.matches("[0-9]+"));
  }
}
