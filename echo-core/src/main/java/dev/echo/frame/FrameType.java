package dev.echo.frame;

import org.jspecify.annotations.Nullable;

/** What a frame carries, and its number on the wire. */
public enum FrameType {
  /** Bytes of any kind. */
  BINARY(0),
  /** Text in UTF-8. The encoding is the sender's promise; nobody on the way checks it. */
  TEXT(1),
  /** A question what the server sees, empty, or its answer, a JSON object. */
  WHOAMI(2),
  /** A {@link FrameError}, from server to client only. */
  ERROR(15);

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  /**
   * The number of this type on the wire.
   *
   * @return 0 to 255
   */
  public int code() {
    return code;
  }

  /**
   * Finds the type with a number.
   *
   * @param code the byte on the wire, 0 to 255
   * @return the type, or null if version 1 has none with that number
   */
  public static @Nullable FrameType of(int code) {
    return switch (code) {
      case 0 -> BINARY;
      case 1 -> TEXT;
      case 2 -> WHOAMI;
      case 15 -> ERROR;
      default -> null;
    };
  }
}
