package dev.echo.frame;

import org.jspecify.annotations.Nullable;

/** Why a server ends a connection in frames mode, and the number that says so on the wire. */
public enum ErrorCode {
  /** A frame is longer than the server's limit. */
  FRAME_TOO_LARGE(1),
  /** A frame, or the preface, breaks the layout. */
  MALFORMED(2),
  /** The server is shutting down. */
  DRAINING(3),
  /** A limit of the server is reached. */
  LIMIT_REACHED(4),
  /** The connection was idle, or made no progress, for too long. */
  IDLE_OR_STALLED(5);

  private final int code;

  ErrorCode(int code) {
    this.code = code;
  }

  /**
   * The number of this code on the wire.
   *
   * @return 1 to 65,535
   */
  public int code() {
    return code;
  }

  /**
   * Finds the code with a number.
   *
   * @param code the number on the wire, 0 to 65,535
   * @return the code, or null if version 1 has none with that number
   */
  public static @Nullable ErrorCode of(int code) {
    return switch (code) {
      case 1 -> FRAME_TOO_LARGE;
      case 2 -> MALFORMED;
      case 3 -> DRAINING;
      case 4 -> LIMIT_REACHED;
      case 5 -> IDLE_OR_STALLED;
      default -> null;
    };
  }
}
