package dev.echo.client.app;

import dev.echo.caller.ProxyVersion;
import dev.echo.pipeline.ClientFront;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what an endpoint needs besides its address, the same in every command. */
final class FrontOptions {
  @Option(
      names = "--send-proxy",
      order = 17,
      paramLabel = "VERSION",
      description = "begin with a PROXY header, v1 or v2, of our own addresses (default: no)")
  private @Nullable ProxyVersion sendProxy;

  ClientFront front() {
    ClientFront front = ClientFront.NONE;
    return sendProxy == null ? front : front.sendProxy(sendProxy);
  }
}
