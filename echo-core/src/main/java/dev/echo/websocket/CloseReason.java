package dev.echo.websocket;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Why a side closes: the payload of a close frame (RFC 6455, 7.4).
 *
 * @param code 1000 to 4999, or {@link #NO_CODE}
 * @param sentence for a person; what does not fit into a close frame is cut off when written
 */
public record CloseReason(int code, String sentence) {
  /** All is done. */
  public static final int NORMAL = 1000;

  /** The server shuts down, or the connection was of no use any more. */
  public static final int GOING_AWAY = 1001;

  /** The peer broke RFC 6455. */
  public static final int PROTOCOL_ERROR = 1002;

  /** A message of a kind that is not taken here. */
  public static final int UNSUPPORTED = 1003;

  /** Stands for a close frame without a code; never on the wire. */
  public static final int NO_CODE = 1005;

  /** A text that is no UTF-8, or a frame of ours that is malformed. */
  public static final int INVALID_PAYLOAD = 1007;

  /** A message above the limit. */
  public static final int TOO_BIG = 1009;

  /** A limit is reached that a later try may not meet. */
  public static final int TRY_AGAIN_LATER = 1013;

  /** What one side says when it has nothing more to send. */
  public static final CloseReason DONE = new CloseReason(NORMAL, "");

  private static final int LAST_OF_THE_RFC = 1014;
  private static final int FIRST_FREE = 3000;
  private static final int LAST_FREE = 4999;

  /**
   * Makes the reason that goes with a request to end.
   *
   * @param error the request
   * @return the code that says the same in a close frame
   */
  public static CloseReason of(FrameError error) {
    ErrorCode code = ErrorCode.of(error.code());
    if (code == null) {
      return DONE;
    }
    return new CloseReason(
        switch (code) {
          case FRAME_TOO_LARGE -> TOO_BIG;
          case MALFORMED -> INVALID_PAYLOAD;
          case DRAINING, IDLE_OR_STALLED -> GOING_AWAY;
          case LIMIT_REACHED -> TRY_AGAIN_LATER;
        },
        error.sentence());
  }

  /**
   * Makes the reason for a peer that broke the rules.
   *
   * @param what it did
   * @return with {@link #PROTOCOL_ERROR}
   */
  static CloseReason protocolError(String what) {
    return new CloseReason(PROTOCOL_ERROR, what);
  }

  /**
   * Reads the payload of a close frame.
   *
   * @param payload all of it, 0 or 2 to 125 bytes; its indices stay
   * @return what to answer: the peer's own code, or what is wrong with it
   */
  public static CloseReason answerTo(ByteBuf payload) {
    int bytes = payload.readableBytes();
    if (bytes < Short.BYTES) {
      return new CloseReason(NO_CODE, "");
    }
    int code = payload.getUnsignedShort(payload.readerIndex());
    if (!isAllowed(code)) {
      return protocolError("close code " + code);
    }
    Utf8Validator text = new Utf8Validator();
    boolean valid =
        text.accept(payload, payload.readerIndex() + Short.BYTES, bytes - Short.BYTES)
            && text.isComplete();
    return valid
        ? new CloseReason(code, "")
        : new CloseReason(INVALID_PAYLOAD, "a close reason that is no UTF-8");
  }

  /** The codes that the RFC and its registry allow on the wire. */
  private static boolean isAllowed(int code) {
    return (code >= NORMAL && code <= UNSUPPORTED)
        || (code >= INVALID_PAYLOAD && code <= LAST_OF_THE_RFC)
        || (code >= FIRST_FREE && code <= LAST_FREE);
  }

  /**
   * Reads what a peer says in its close frame.
   *
   * @param payload all of it; its indices stay
   * @return its code and sentence, as they came
   */
  static CloseReason read(ByteBuf payload) {
    if (payload.readableBytes() < Short.BYTES) {
      return new CloseReason(NO_CODE, "");
    }
    int at = payload.readerIndex();
    return new CloseReason(
        payload.getUnsignedShort(at),
        payload.toString(
            at + Short.BYTES, payload.readableBytes() - Short.BYTES, StandardCharsets.UTF_8));
  }

  /**
   * Writes the payload of a close frame.
   *
   * @param out gets nothing for {@link #NO_CODE}, else the code and as much of the sentence as fits
   */
  public void write(ByteBuf out) {
    if (code == NO_CODE) {
      return;
    }
    out.writeShort(code);
    int room = FragmentHeader.MAX_CONTROL_BYTES - Short.BYTES;
    String shown = sentence;
    while (ByteBufUtil.utf8Bytes(shown) > room) {
      shown = shown.substring(0, shown.offsetByCodePoints(shown.length(), -1));
    }
    ByteBufUtil.writeUtf8(out, shown);
  }
}
