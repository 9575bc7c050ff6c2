package dev.echo.endpoint;

import java.util.List;

/** What is wrong with words that name no endpoint, and what mends it. */
final class Mistake {
  private Mistake() {}

  /**
   * Words that cannot be used.
   *
   * @param text as somebody wrote it
   * @param what is wrong
   * @param meant what it may have been meant to be; such as can be typed
   */
  static IllegalArgumentException of(String text, String what, String... meant) {
    String mend = meant.length == 0 ? "" : " (did you mean " + joined(List.of(meant)) + "?)";
    return new IllegalArgumentException("'" + text + "': " + what + mend);
  }

  /** Words that resemble nothing in particular. */
  static IllegalArgumentException expected(String text, String what, String expected) {
    return new IllegalArgumentException(
        "'" + text + "': " + what + " (expected: " + expected + ")");
  }

  private static String joined(List<String> words) {
    return String.join(" or ", words);
  }
}
