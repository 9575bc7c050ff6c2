package dev.echo.server.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.tls.ServerTls;
import dev.echo.tls.TlsProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of listeners over TLS. */
final class TlsOptions {
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "The certificate of tls:// and wss:// in PEM, its issuers behind it; read again when it"
              + " changes (default: none)")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Its key in PEM, PKCS#8 (default: the file of --tls-cert)")
  private @Nullable Path key;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description = "Serve only clients with a certificate of these issuers (default: everybody)")
  private @Nullable Path clientCa;

  @Option(
      names = "--tls-self-signed",
      description = "Make a certificate now, in memory; its fingerprint is printed")
  private boolean selfSigned;

  @Option(
      names = "--tls-provider",
      paramLabel = "NAME",
      converter = OptionTypes.Provider.class,
      description =
          "jdk, or openssl with netty-tcnative on the class path; with jdk and TLS 1.3 each"
              + " direction ends by itself (default: jdk)")
  private TlsProvider provider = TlsProvider.JDK;

  /** The settings, if any listener is over TLS. */
  Optional<ServerTls> tls(List<Endpoint> endpoints) throws UsageException {
    Optional<Endpoint> secure = endpoints.stream().filter(Endpoint::isSecure).findFirst();
    if (secure.isEmpty()) {
      refuseWithoutListener();
      return Optional.empty();
    }
    if (selfSigned && (certificate != null || key != null)) {
      throw new UsageException("--tls-self-signed and --tls-cert, --tls-key exclude each other");
    }
    if (!selfSigned && certificate == null) {
      throw new UsageException(
          secure.get() + " needs --tls-cert FILE and --tls-key FILE, or --tls-self-signed");
    }
    try {
      ServerTls.Builder builder = builder(endpoints).provider(provider);
      if (clientCa != null) {
        builder.clientCa(clientCa);
      }
      return Optional.of(builder.build());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private ServerTls.Builder builder(List<Endpoint> endpoints) {
    if (certificate != null) {
      return ServerTls.files(certificate, key == null ? certificate : key);
    }
    return ServerTls.selfSigned(
        endpoints.stream()
            .filter(Endpoint::isSecure)
            .map(endpoint -> ((NetworkEndpoint) endpoint).host())
            .distinct()
            .toArray(String[]::new));
  }

  private void refuseWithoutListener() throws UsageException {
    if (certificate != null || key != null || clientCa != null || selfSigned) {
      throw new UsageException("no listener is over TLS (expected: --listen tls://HOST:PORT)");
    }
  }
}
