package dev.echo.websocket;

/** What a fragment is (RFC 6455, 5.2 and 11.8). */
public final class Opcode {
  /** Goes on with the message that the fragment before began. */
  public static final int CONTINUATION = 0;

  /** Begins a message of UTF-8. */
  public static final int TEXT = 1;

  /** Begins a message of any bytes. */
  public static final int BINARY = 2;

  /** The last that its side sends. */
  public static final int CLOSE = 8;

  /** Asks for a pong with the same payload. */
  public static final int PING = 9;

  /** Answers a ping, or comes unasked. */
  public static final int PONG = 10;

  private static final int FIRST_CONTROL = 8;

  private Opcode() {}

  static boolean isControl(int opcode) {
    return opcode >= FIRST_CONTROL;
  }

  static boolean isKnown(int opcode) {
    return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
  }
}
