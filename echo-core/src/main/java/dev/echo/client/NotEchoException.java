package dev.echo.client;

import dev.echo.text.EscapedText;

/** The first thing that came back resembles nothing that was sent: the peer is no echo. */
@SuppressWarnings("serial") // not meant to leave the process
public final class NotEchoException extends EchoException {
  /** The most bytes of the answer that are kept. */
  public static final int FIRST_BYTES = 64;

  /** All of them, each written out. */
  private static final int MAX_SHOWN = FIRST_BYTES * "\\x00".length();

  private final byte[] firstBytes;

  NotEchoException(byte[] firstBytes, Counts counts) {
    super("not an echo: answered " + EscapedText.of(firstBytes, MAX_SHOWN), counts, null);
    this.firstBytes = firstBytes;
  }

  /**
   * What the peer answered, raw: escape it before printing.
   *
   * @return 1 to {@value #FIRST_BYTES} bytes, a copy
   */
  public byte[] firstBytes() {
    return firstBytes.clone();
  }
}
