package dev.echo.client.app;

import dev.echo.caller.ProxyVersion;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.pipeline.ClientFront;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what an endpoint needs besides its address, the same in every command. */
final class FrontOptions {
  @Mixin private final TlsOptions tls = new TlsOptions();

  @Option(
      names = "--send-proxy",
      order = 17,
      paramLabel = "VERSION",
      description = "begin with a PROXY header, v1 or v2, of our own addresses (default: no)")
  private @Nullable ProxyVersion sendProxy;

  /**
   * What the options ask for.
   *
   * @throws IllegalArgumentException if they contradict each other, or a file cannot be used
   */
  ClientFront front() {
    ClientFront front = ClientFront.NONE.tls(tls.tls());
    return sendProxy == null ? front : front.sendProxy(sendProxy);
  }

  /** What is read, and must not be written over. */
  Stream<Path> files() {
    return tls.files();
  }

  /**
   * Says what the options mean for a target before anything is sent there.
   *
   * @throws IllegalArgumentException if they mean nothing for it
   */
  void check(Endpoint endpoint, Screen err) {
    tls.check(endpoint, err);
    if (sendProxy != null && endpoint instanceof UdpEndpoint) {
      throw new IllegalArgumentException(
          "--send-proxy: " + endpoint + " has no connection to begin with a header");
    }
  }
}
