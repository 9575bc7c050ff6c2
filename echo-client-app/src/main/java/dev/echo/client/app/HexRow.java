package dev.echo.client.app;

import java.util.Locale;

/**
 * Up to sixteen bytes in hexadecimal and as text.
 *
 * <pre>
 * 00000000  48 65 6c 6c 6f                                   |Hello|
 * </pre>
 */
final class HexRow {
  static final int BYTES = 16;

  private HexRow() {}

  static String of(long offset, byte[] bytes) {
    StringBuilder hex = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      hex.append(String.format(Locale.ROOT, "%02x ", each));
      text.append(each >= ' ' && each < 0x7F ? (char) each : '.');
    }
    return String.format(Locale.ROOT, "%08x  %-48s |%s|", offset, hex, text);
  }
}
