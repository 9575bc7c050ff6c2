package dev.echo.client.app;

import java.util.Locale;

/** Says that a server told times that cannot be right, and that they were left out. */
final class UnusableStamps {
  private UnusableStamps() {}

  static String sentence(long count) {
    return String.format(
        Locale.ROOT,
        "%,d residence%s unusable: the server's times are not in order, or longer than the way",
        count,
        count == 1 ? "" : "s");
  }
}
