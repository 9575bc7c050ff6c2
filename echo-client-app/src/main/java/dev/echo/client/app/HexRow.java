package dev.echo.client.app;

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
      hex.append("%02x ".formatted(each));
      text.append(each >= ' ' && each < 0x7F ? (char) each : '.');
    }
    return "%08x  %-48s |%s|".formatted(offset, hex, text);
  }
}
