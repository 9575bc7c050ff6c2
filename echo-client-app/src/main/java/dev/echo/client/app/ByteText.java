package dev.echo.client.app;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as people write them on a command line. */
final class ByteText {
  private static final Pattern NO_HEX = Pattern.compile("[^0-9A-Fa-f]");
  private static final Pattern NO_BASE64 = Pattern.compile("[^0-9A-Za-z+/=]");

  private ByteText() {}

  /**
   * Reads hexadecimal digits, two a byte; white space and colons do not count.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  static byte[] hex(String text) {
    String digits = text.replaceAll("[\\s:]", "");
    Matcher other = NO_HEX.matcher(digits);
    if (other.find()) {
      throw refused(
          text,
          letter(digits, other) + " is no hexadecimal digit",
          "two digits a byte, 0 to 9 and a to f, as in 'fe 00' or fe00");
    }
    if (digits.length() % 2 != 0) {
      String what = digits.length() == 1 ? "1 digit" : digits.length() + " digits";
      throw refused(text, what, "two digits a byte, as in 'fe 00' or fe00");
    }
    return HexFormat.of().parseHex(digits);
  }

  /**
   * Reads Base64 (RFC 4648, section 4), with or without padding; white space does not count.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  static byte[] base64(String text) {
    String letters = text.replaceAll("\\s", "");
    Matcher other = NO_BASE64.matcher(letters);
    if (other.find()) {
      throw refused(
          text,
          letter(letters, other) + " is no letter of Base64",
          "A to Z, a to z, 0 to 9, + and /, padded with =, as in SGVsbG8=");
    }
    try {
      return Base64.getDecoder().decode(letters);
    } catch (IllegalArgumentException e) {
      throw refused(
          text,
          "cut off, or padded wrongly",
          "4 letters for 3 bytes, padded with =, as in SGVsbG8=");
    }
  }

  private static String letter(String text, Matcher found) {
    return "'" + Character.toString(text.codePointAt(found.start())) + "'";
  }

  private static IllegalArgumentException refused(String text, String what, String expected) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "'%s': %s (expected: %s)", text, what, expected));
  }
}
