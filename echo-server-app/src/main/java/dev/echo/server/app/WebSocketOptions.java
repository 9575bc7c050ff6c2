package dev.echo.server.app;

import dev.echo.websocket.AllowedOrigins;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of WebSocket listeners. */
@Command
final class WebSocketOptions {
  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description =
          "Pages that may open a WebSocket, besides the server's own, as https://HOST[:PORT],"
              + " null, or * for all; repeatable (default: none)")
  private List<String> allowOrigin = new ArrayList<>();

  AllowedOrigins origins() throws UsageException {
    AllowedOrigins origins = AllowedOrigins.SAME;
    for (String origin : allowOrigin) {
      try {
        origins = origins.and(origin);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--allow-origin: " + ServerRun.sentence(e));
      }
    }
    return origins;
  }
}
