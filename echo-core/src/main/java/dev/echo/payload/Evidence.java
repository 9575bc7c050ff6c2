package dev.echo.payload;

import dev.echo.client.Peer;
import io.netty.buffer.ByteBuf;

/**
 * The received bytes in question, and the messages that they are compared with. All places count
 * from the begin of the window, where the expected message should begin; a message whose first
 * bytes are missing begins in front of it, at a negative place.
 *
 * @param script what was sent
 * @param connection that received
 * @param expected the first message that has not come back
 * @param sent the first message that was not sent yet
 * @param peer whether stamps may be filled in
 * @param window what was received
 * @param more whether more may come
 */
record Evidence(
    Script script,
    int connection,
    long expected,
    long sent,
    Peer peer,
    ByteBuf window,
    Inspector.More more) {

  int bytes() {
    return window.readableBytes();
  }

  boolean mayWait() {
    return more == Inspector.More.MAY_COME;
  }

  /** The expected message. */
  MessageId id() {
    return own(expected);
  }

  int length(MessageId id) {
    return script.bytes(id.connection(), id.sequence());
  }

  int length(long sequence) {
    return script.bytes(connection, sequence);
  }

  /** How many bytes of a message that begins at a place agree, as far as they are here. */
  int agreeing(MessageId id, int start) {
    return agreeing(id, start, Math.max(0, -start));
  }

  /** The same, not looking at the first bytes of the message. */
  int agreeing(MessageId id, int start, int from) {
    int available = bytes() - start - from;
    int index = window.readerIndex() + start + from;
    return available <= 0
        ? 0
        : script.agreeing(window, index, available, id.connection(), id.sequence(), from, peer);
  }

  MessageId own(long sequence) {
    return new MessageId(connection, sequence);
  }

  /** Whether the payload of a message that begins at a place agrees as far as it is here. */
  boolean payloadAgrees(MessageId id, int start) {
    int head = Math.max(script.headBytes(), -start);
    int rest = length(id) - head;
    return agreeing(id, start, head) >= Math.min(rest, bytes() - start - head);
  }

  boolean isOutstanding(MessageId id) {
    return id.connection() == connection && id.sequence() >= expected && id.sequence() < sent;
  }

  boolean isOld(MessageId id) {
    return id.connection() == connection && id.sequence() < expected;
  }

  boolean isForeign(MessageId id) {
    return id.connection() != connection;
  }

  /**
   * Counts how many bytes from a place on are the messages behind the expected one, up to a number.
   *
   * @return -1 if one differs before
   */
  int following(int at, int wanted) {
    int place = at;
    for (long sequence = expected + 1; sequence < sent && place < at + wanted; sequence++) {
      int agreed = agreeing(own(sequence), place);
      int length = length(sequence);
      place += agreed;
      if (agreed < length) {
        return place >= Math.min(bytes(), at + wanted) ? place - at : -1;
      }
    }
    return place - at;
  }

  /** Whether so many bytes behind the expected message are all that was sent behind it. */
  boolean isAllBehind(int behind) {
    int bytes = 0;
    for (long sequence = expected + 1; sequence < sent && bytes <= behind; sequence++) {
      bytes += length(sequence);
    }
    return bytes == behind && bytes() == length(expected) + behind;
  }
}
