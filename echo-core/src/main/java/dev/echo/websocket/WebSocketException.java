package dev.echo.websocket;

import dev.echo.text.SafeMessage;
import java.io.IOException;

/** The peer speaks no WebSocket, breaks its rules, or closed for a reason that says more. */
@SuppressWarnings("serial") // not meant to leave the process
public final class WebSocketException extends IOException implements SafeMessage {
  /** What the peer did. */
  public enum Kind {
    /** It answered the handshake with something else. */
    HANDSHAKE,
    /** It broke RFC 6455 on an open WebSocket. */
    VIOLATION,
    /** It closed with a code that tells of more than an end. */
    CLOSED
  }

  private final Kind kind;
  private final String advice;

  private WebSocketException(Kind kind, String message, String advice) {
    super(message);
    this.kind = kind;
    this.advice = advice;
  }

  /** Another answer than a WebSocket, and what to do about it if that is known. */
  static WebSocketException handshake(String message, String advice) {
    return new WebSocketException(Kind.HANDSHAKE, message, advice);
  }

  /** A peer that broke the rules. */
  static WebSocketException violation(String what) {
    return new WebSocketException(
        Kind.VIOLATION, "the peer broke the WebSocket protocol (RFC 6455): " + what, "");
  }

  /** A close frame. */
  static WebSocketException closed(String how) {
    return new WebSocketException(Kind.CLOSED, "the peer " + how, "");
  }

  /**
   * Says what the peer did.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Says what to do about it.
   *
   * @return one line that is safe to print; empty if nothing is known
   */
  public String advice() {
    return advice;
  }
}
