package dev.echo.websocket;

import dev.echo.text.SafeMessage;
import java.io.IOException;

/** The peer speaks no WebSocket, breaks its rules, or closed for a reason that says more. */
@SuppressWarnings("serial") // not meant to leave the process
public final class WebSocketException extends IOException implements SafeMessage {
  WebSocketException(String message) {
    super(message);
  }
}
