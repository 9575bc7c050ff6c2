package dev.echo.websocket;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Follows one direction of a connection from fragment to fragment, and checks each header against
 * RFC 6455 and against the ones before it. It holds at most an unfinished header, never payload:
 * whoever has the buffers skips what {@link #remaining()} says, then has the next header read. A
 * header that breaks the rules ends it for good. Not thread-safe: it belongs to one channel and its
 * event loop.
 */
public final class FragmentWalker {
  /** Which way the fragments go. */
  public enum Direction {
    /** What a server reads: masked. */
    CLIENT_TO_SERVER,
    /** What a client reads: not masked. */
    SERVER_TO_CLIENT
  }

  private static final int FIRST_BYTES = 2;
  private static final int KEY_BYTES = 4;

  private final Direction direction;
  private final byte[] head = new byte[FragmentHeader.MAX_MASKED_BYTES];
  private int size;
  private int needed = FIRST_BYTES;
  private int opcode;
  private boolean last;
  private int key;
  private long length;
  private long remaining;
  private int messageOpcode;
  private long messageBytes;
  private boolean messageOpen;
  private @Nullable CloseReason error;

  /**
   * Makes a walker that stands before the first fragment.
   *
   * @param direction which way they go
   */
  public FragmentWalker(Direction direction) {
    this.direction = direction;
  }

  /**
   * Reads a header, as far as it is there, and enters its fragment. Only between fragments.
   *
   * @param in is read up to the payload
   * @return true if the header is whole and sound; false if more of it must come, or if it is not
   *     sound, which {@link #error()} then tells
   */
  public boolean begin(ByteBuf in) {
    while (error == null && in.isReadable()) {
      head[size++] = in.readByte();
      if (size == FIRST_BYTES) {
        error = checkFirst();
      }
      if (error == null && size == needed) {
        error = enter();
        size = 0;
        needed = FIRST_BYTES;
        return error == null;
      }
    }
    return false;
  }

  private @Nullable CloseReason checkFirst() {
    int first = head[0];
    int second = head[1];
    opcode = first & FragmentHeader.OPCODE;
    last = (first & FragmentHeader.FINAL) != 0;
    boolean masked = (second & FragmentHeader.MASKED) != 0;
    int shortLength = second & FragmentHeader.LENGTH;
    needed =
        FIRST_BYTES
            + (shortLength == FragmentHeader.LENGTH_16 ? Short.BYTES : 0)
            + (shortLength == FragmentHeader.LENGTH_64 ? Long.BYTES : 0)
            + (masked ? KEY_BYTES : 0);
    if ((first & FragmentHeader.RESERVED) != 0) {
      return CloseReason.protocolError("a reserved bit is set");
    }
    if (!Opcode.isKnown(opcode)) {
      return CloseReason.protocolError("opcode " + opcode);
    }
    if (masked != (direction == Direction.CLIENT_TO_SERVER)) {
      return CloseReason.protocolError(masked ? "a server's frame is masked" : "not masked");
    }
    if (Opcode.isControl(opcode)) {
      return checkControl(shortLength);
    }
    if (messageOpen != (opcode == Opcode.CONTINUATION)) {
      return CloseReason.protocolError(
          messageOpen ? "a message begins inside another" : "nothing to continue");
    }
    return null;
  }

  private @Nullable CloseReason checkControl(int shortLength) {
    if (!last) {
      return CloseReason.protocolError("a control frame in fragments");
    }
    if (shortLength > FragmentHeader.MAX_CONTROL_BYTES) {
      return CloseReason.protocolError("a control frame of more than 125 bytes");
    }
    return opcode == Opcode.CLOSE && shortLength == 1
        ? CloseReason.protocolError("a close code of one byte")
        : null;
  }

  private @Nullable CloseReason enter() {
    int at = FIRST_BYTES;
    int shortLength = head[1] & FragmentHeader.LENGTH;
    int lengthBytes =
        shortLength == FragmentHeader.LENGTH_64
            ? Long.BYTES
            : shortLength == FragmentHeader.LENGTH_16 ? Short.BYTES : 0;
    length = lengthBytes == 0 ? shortLength : number(at, lengthBytes);
    if (length < 0) {
      return CloseReason.protocolError("a length of more than 63 bits");
    }
    if (lengthBytes > 0
        && (length < FragmentHeader.LENGTH_16 || (lengthBytes > 2 && length <= 0xFFFF))) {
      return CloseReason.protocolError("a length that is longer than it must be");
    }
    key = direction == Direction.CLIENT_TO_SERVER ? (int) number(at + lengthBytes, KEY_BYTES) : 0;
    remaining = length;
    return isControl() ? null : enterMessage();
  }

  private @Nullable CloseReason enterMessage() {
    if (opcode != Opcode.CONTINUATION) {
      messageOpcode = opcode;
      messageBytes = 0;
    }
    messageBytes += length;
    messageOpen = !last;
    return messageBytes < 0
        ? new CloseReason(CloseReason.TOO_BIG, "a message of more than 63 bits of length")
        : null;
  }

  private long number(int from, int bytes) {
    long value = 0;
    for (int i = from; i < from + bytes; i++) {
      value = value << Byte.SIZE | (head[i] & 0xFF);
    }
    return value;
  }

  /**
   * Tells what was not sound.
   *
   * @return null as long as all was
   */
  public @Nullable CloseReason error() {
    return error;
  }

  /**
   * The bytes of the present fragment that are still to come.
   *
   * @return 0 or more
   */
  public long remaining() {
    return remaining;
  }

  /**
   * Counts bytes of the present fragment as passed.
   *
   * @param bytes 0 to {@link #remaining()}
   */
  public void skip(long bytes) {
    remaining -= bytes;
  }

  /**
   * What the present fragment is.
   *
   * @return of {@link Opcode}
   */
  public int opcode() {
    return opcode;
  }

  /**
   * Whether the present fragment is a control frame, which may stand between a message's fragments.
   *
   * @return true for close, ping and pong
   */
  public boolean isControl() {
    return Opcode.isControl(opcode);
  }

  /**
   * Whether the present fragment ends its message.
   *
   * @return true for the last one, or the only one
   */
  public boolean isLast() {
    return last;
  }

  /**
   * Whether another fragment of the same message must come.
   *
   * @return true from a fragment that is not the last one to the one that is
   */
  public boolean isMessageOpen() {
    return messageOpen;
  }

  /**
   * Whether it stands inside a fragment, by as little as one byte of its header.
   *
   * @return false between fragments
   */
  public boolean isInsideFragment() {
    return remaining > 0 || size > 0;
  }

  /**
   * What the present message is, or the last one.
   *
   * @return {@link Opcode#TEXT} or {@link Opcode#BINARY}
   */
  public int messageOpcode() {
    return messageOpcode;
  }

  /**
   * The payload of the present message as far as its headers have announced it.
   *
   * @return bytes, with those of this fragment that are still to come
   */
  public long messageBytes() {
    return messageBytes;
  }

  /**
   * Moves masked payload of the present fragment, without its mask.
   *
   * @param in as many bytes of it are read
   * @param bytes how many; at most {@link #remaining()}
   * @param out gets them
   */
  public void moveTo(ByteBuf in, int bytes, ByteBuf out) {
    Mask.move(in, bytes, out, Mask.at(key, length - remaining));
    remaining -= bytes;
  }
}
