package dev.echo.frame;

import dev.echo.testing.Bytes;
import dev.echo.testing.Script;

/** The wire, written by hand a second time, so that the tests do not trust the code they test. */
final class Wire {
  static final Bytes REQUEST = new Bytes("fe4543484f0d0a01");
  static final Bytes ANSWER = new Bytes("fe4543484f0d0a81");
  static final long MAX = 0xFFFF_FFFFL;

  private Wire() {}

  static Bytes header(long length, int type, int flags, int reserved) {
    return new Bytes(String.format("%08x%02x%02x%04x", length, type, flags, reserved));
  }

  static Bytes stamp(long sequence, long received, long sent, long count) {
    return new Bytes(String.format("%016x%016x%016x%016x", sequence, received, sent, count));
  }

  static Bytes payload(int count) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < count; i++) {
      hex.append(String.format("%02x", (i * 31 + 7) & 0xFF));
    }
    return new Bytes(hex.toString());
  }

  /** A frame without a stamp, and what a decoder makes of it. */
  static Script frame(FrameType type, int payloadBytes) {
    Bytes payload = payload(payloadBytes);
    return Script.of(
        header(payloadBytes, type.code(), 0, 0).then(payload),
        FrameHead.whole(type, payloadBytes),
        payload,
        FrameEnd.INSTANCE);
  }

  static Script more(FrameType type, int payloadBytes) {
    Bytes payload = payload(payloadBytes);
    return Script.of(
        header(payloadBytes, type.code(), 1, 0).then(payload),
        new FrameHead(type, payloadBytes, true, null),
        payload,
        FrameEnd.INSTANCE);
  }

  static Script stamped(FrameType type, int payloadBytes, Stamp stamp) {
    Bytes payload = payload(payloadBytes);
    Bytes words = stamp(stamp.sequence(), stamp.receivedNanos(), stamp.sentNanos(), stamp.count());
    return Script.of(
        header(payloadBytes + 32L, type.code(), 2, 0).then(words).then(payload),
        new FrameHead(type, payloadBytes, false, stamp),
        payload,
        FrameEnd.INSTANCE);
  }

  static Script error(int code, String sentenceHex) {
    Bytes payload = new Bytes(String.format("%04x", code) + sentenceHex);
    return Script.of(
        header(payload.size(), 15, 0, 0).then(payload),
        FrameHead.whole(FrameType.ERROR, payload.size()),
        payload,
        FrameEnd.INSTANCE);
  }
}
