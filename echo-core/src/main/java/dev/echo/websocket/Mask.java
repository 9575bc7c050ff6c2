package dev.echo.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Masks and unmasks payload on its way from one buffer to another (RFC 6455, 5.3). */
final class Mask {
  private static final long LOW = 0xFFFF_FFFFL;
  private static final int KEY_BYTES = 4;

  private Mask() {}

  /** The key for payload that begins somewhere inside of a fragment. */
  static int at(int key, long position) {
    return Integer.rotateLeft(key, (int) (position % KEY_BYTES) * Byte.SIZE);
  }

  /** Reads bytes, and writes them masked. */
  static void move(ByteBuf in, int bytes, ByteBuf out, int key) {
    out.ensureWritable(bytes);
    ByteBuffer from = nio(in, in.readerIndex(), bytes);
    ByteBuffer to = out.internalNioBuffer(out.writerIndex(), bytes);
    move(from, to, bytes, key);
    in.skipBytes(bytes);
    out.writerIndex(out.writerIndex() + bytes);
  }

  /** Masks the last 8 or 16 bytes that were written, where they are. */
  static void apply(ByteBuf buffer, int from, int key) {
    long twice = twice(key);
    for (int i = from; i < buffer.writerIndex(); i += Long.BYTES) {
      buffer.setLong(i, buffer.getLong(i) ^ twice);
    }
  }

  private static long twice(int key) {
    return (long) key << Integer.SIZE | (key & LOW);
  }

  private static ByteBuffer nio(ByteBuf buffer, int index, int bytes) {
    return buffer.nioBufferCount() == 1
        ? buffer.internalNioBuffer(index, bytes)
        : buffer.nioBuffer(index, bytes);
  }

  /** Eight at a time. */
  private static void move(ByteBuffer from, ByteBuffer to, int bytes, int key) {
    int source = from.position();
    int target = to.position();
    int wide = bytes & -Long.BYTES;
    long twice = twice(key);
    for (int i = 0; i < wide; i += Long.BYTES) {
      to.putLong(target + i, from.getLong(source + i) ^ twice);
    }
    for (int i = wide; i < bytes; i++) {
      int shift = (KEY_BYTES - 1 - i % KEY_BYTES) * Byte.SIZE;
      to.put(target + i, (byte) (from.get(source + i) ^ (key >>> shift)));
    }
  }
}
