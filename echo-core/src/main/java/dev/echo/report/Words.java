package dev.echo.report;

import java.util.Locale;

/** Constants as files and reports spell them: lower case, words joined by a hyphen. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
