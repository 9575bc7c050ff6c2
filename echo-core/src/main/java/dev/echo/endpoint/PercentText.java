package dev.echo.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with codes for what a URI cannot contain (RFC 3986, 2.1). */
final class PercentText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** What also a shell takes as it is. */
  private static final String PLAIN = "-._~/:@+,=";

  private PercentText() {}

  /** Refuses a percent sign that begins no code. */
  static void check(String text, String path) {
    Matcher lone = LONE_PERCENT.matcher(path);
    if (lone.find()) {
      int before = text.length() - path.length();
      throw Mistake.of(
          text,
          "a percent sign begins a code of two hex digits; itself it is %25",
          text.substring(0, before) + lone.replaceAll("%25"));
    }
  }

  /** Encodes all but letters, digits and the signs that are plain everywhere. */
  static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0;
      encoded.append(isPlain ? String.valueOf((char) b) : "%" + HEX.toHexDigits(b));
    }
    return encoded.toString();
  }

  /** Encodes what is no ASCII. */
  static String ascii(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(b > 0 ? String.valueOf((char) b) : "%" + HEX.toHexDigits(b));
    }
    return encoded.toString();
  }

  /** Encodes spaces and controls. */
  static String withoutSpaces(String uri) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : uri.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(b > ' ' && b < 0x7F ? String.valueOf((char) b) : "%" + HEX.toHexDigits(b));
    }
    return encoded.toString();
  }

  /**
   * Decodes a path.
   *
   * @param text what it is a part of, for messages
   */
  static String decode(String text, String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] encoded = path.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%') {
        String code = new String(encoded, i + 1, 2, StandardCharsets.US_ASCII);
        bytes.write(HexFormat.fromHexDigits(code.toUpperCase(Locale.ROOT)));
        i += 2;
      } else {
        bytes.write(encoded[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw Mistake.of(text, "its codes are no UTF-8 (expected: as in %C3%BC)");
    }
  }

  private static boolean isLetterOrDigit(byte b) {
    return b > 0 && Character.isLetterOrDigit(b);
  }
}
