package dev.echo.websocket;

/** The event that tells a server's stages that the handshake is over, and messages follow. */
public final class WebSocketOpened {
  /** The one that there is. */
  public static final WebSocketOpened INSTANCE = new WebSocketOpened();

  private WebSocketOpened() {}

  @Override
  public String toString() {
    return "WebSocket opened";
  }
}
