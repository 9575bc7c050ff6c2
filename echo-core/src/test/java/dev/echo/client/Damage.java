package dev.echo.client;

import java.io.ByteArrayOutputStream;

/** What a path can do to one byte. */
enum Damage {
  FLIP,
  DROP,
  REPEAT,
  INSERT;

  /** Alters the byte at an offset; at the end of the data, INSERT appends. */
  byte[] apply(byte[] bytes, int offset) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, offset);
    if (this == INSERT) {
      out.write(0xA5);
      out.write(bytes, offset, bytes.length - offset);
      return out.toByteArray();
    }
    switch (this) {
      case FLIP -> out.write(bytes[offset] ^ 0x01);
      case REPEAT -> {
        out.write(bytes[offset]);
        out.write(bytes[offset]);
      }
      default -> {}
    }
    out.write(bytes, offset + 1, bytes.length - offset - 1);
    return out.toByteArray();
  }
}
