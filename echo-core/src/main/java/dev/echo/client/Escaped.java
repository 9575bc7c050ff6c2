package dev.echo.client;

import java.nio.charset.StandardCharsets;

/** A peer's bytes as text that no terminal interprets. */
final class Escaped {
  private Escaped() {}

  /** Printable ASCII as it is, all else as an escape. */
  static String text(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length);
    for (byte each : bytes) {
      append(out, (char) (each & 0xFF));
    }
    return out.toString();
  }

  /** Letters of any script as they are; controls, and what reorders a line, as escapes. */
  static String text(String sentence) {
    StringBuilder out = new StringBuilder(sentence.length());
    sentence
        .codePoints()
        .forEach(
            point -> {
              if (point < 0x80) {
                append(out, (char) point);
              } else if (Character.isLetterOrDigit(point) || point == 0x2026) {
                out.appendCodePoint(point);
              } else {
                text(out, new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8));
              }
            });
    return out.toString();
  }

  private static void text(StringBuilder out, byte[] bytes) {
    out.append(text(bytes));
  }

  private static void append(StringBuilder out, char each) {
    switch (each) {
      case '\\' -> out.append("\\\\");
      case '\r' -> out.append("\\r");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      default -> {
        if (each >= ' ' && each < 0x7F) {
          out.append(each);
        } else {
          out.append("\\x%02x".formatted((int) each));
        }
      }
    }
  }
}
