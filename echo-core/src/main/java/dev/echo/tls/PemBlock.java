package dev.echo.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a BEGIN line and its END (RFC 7468, 2).
 *
 * @param label such as {@code PRIVATE KEY}
 * @param body everything between the two lines
 * @param line of its BEGIN, counted from 1 in the file
 */
record PemBlock(String label, String body, int line) {
  static final String KEY = "PRIVATE KEY";

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=]*");

  /**
   * Finds the blocks of a text, in order; what stands around them does not count.
   *
   * @throws IllegalArgumentException if a block has no end; the message goes on with "FILE: "
   */
  static List<PemBlock> of(String text) {
    if (text.contains(BEGIN) && text.contains("\\n")) {
      throw new IllegalArgumentException(
          "has the two characters \\n where lines should end"
              + " (expected: line ends; sed 's/\\\\n/\\n/g' makes them)");
    }
    List<PemBlock> blocks = new ArrayList<>();
    int from = 0;
    while (true) {
      int begin = text.indexOf(BEGIN, from);
      int labelEnd = begin < 0 ? -1 : text.indexOf(DASHES, begin + BEGIN.length());
      if (labelEnd < 0) {
        return blocks;
      }
      String label = text.substring(begin + BEGIN.length(), labelEnd);
      int body = labelEnd + DASHES.length();
      int end = text.indexOf("-----END " + label + DASHES, body);
      if (end < 0) {
        throw new IllegalArgumentException(
            "has a -----BEGIN " + label + "----- without its -----END " + label + "-----");
      }
      int line = 1 + (int) text.substring(0, body).chars().filter(c -> c == '\n').count();
      blocks.add(new PemBlock(label, text.substring(body, end), line));
      from = end;
    }
  }

  boolean isCertificate() {
    return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
  }

  boolean isKey() {
    return label.endsWith(KEY);
  }

  /** Whether a password is needed: by its label, or by the headers of the old form (RFC 1421). */
  boolean isEncrypted() {
    return label.startsWith("ENCRYPTED") || body.contains("DEK-Info") || body.contains("ENCRYPTED");
  }

  /**
   * Decodes the body.
   *
   * @throws IllegalArgumentException if it is no base64; the message goes on with "FILE: "
   */
  byte[] content() {
    StringBuilder base64 = new StringBuilder(body.length());
    int at = line;
    for (String each : body.split("\n", -1)) {
      String plain = each.replaceAll("\\s", "");
      if (!BASE64.matcher(plain).matches()) {
        throw new IllegalArgumentException("line " + at + " is not base64");
      }
      base64.append(plain);
      at++;
    }
    try {
      // The decoder would take what lacks its padding, which is what has lost its end.
      if (base64.length() % 4 == 0) {
        return Base64.getDecoder().decode(base64.toString());
      }
    } catch (IllegalArgumentException padding) {
      throw damaged(padding);
    }
    throw damaged(null);
  }

  private IllegalArgumentException damaged(@Nullable Throwable cause) {
    return new IllegalArgumentException(
        "the base64 after -----BEGIN " + label + "----- is damaged (is a part missing?)", cause);
  }
}
