package dev.echo.client.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.tls.ClientTls;
import dev.echo.tls.TlsProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of targets over TLS, the same in every command. */
final class TlsOptions {
  @Option(
      names = "--tls-ca",
      order = 70,
      paramLabel = "FILE",
      description = "trust these issuers, PEM (default: those that Java trusts)")
  private @Nullable Path ca;

  @Option(
      names = "--tls-cert",
      order = 71,
      paramLabel = "FILE",
      description = "show this certificate, PEM (default: none)")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      order = 72,
      paramLabel = "FILE",
      description = "its key, PEM, PKCS#8 (default: the file of --tls-cert)")
  private @Nullable Path key;

  @Option(
      names = "--tls-pin",
      order = 73,
      paramLabel = "PIN",
      description = "trust the certificate with this fingerprint alone (default: none)")
  private List<String> pins = new ArrayList<>();

  @Option(
      names = "--insecure",
      order = 74,
      description = "trust every server, whatever its certificate says (default: no)")
  private boolean insecure;

  @Option(
      names = "--tls-provider",
      order = 75,
      paramLabel = "NAME",
      description = "jdk, or openssl with netty-tcnative on the class path (default: jdk)")
  private TlsProvider provider = TlsProvider.JDK;

  /**
   * The settings.
   *
   * @throws IllegalArgumentException if they contradict each other, or a file cannot be used
   */
  ClientTls tls() {
    if (!insecure && !isAnyGiven()) {
      return ClientTls.DEFAULT;
    }
    ClientTls.Builder builder = ClientTls.builder().provider(provider);
    if (insecure) {
      if (ca != null || !pins.isEmpty()) {
        throw new IllegalArgumentException("--insecure excludes --tls-ca and --tls-pin");
      }
      builder.insecure();
    }
    if (ca != null) {
      builder.ca(ca);
    }
    if (certificate != null) {
      builder.certificate(certificate, key == null ? certificate : key);
    } else if (key != null) {
      throw new IllegalArgumentException("--tls-key needs --tls-cert");
    }
    pins.forEach(builder::pin);
    return builder.build();
  }

  /** What is read, and must not be written over. */
  Stream<Path> files() {
    return Stream.of(
            Optional.ofNullable(ca), Optional.ofNullable(certificate), Optional.ofNullable(key))
        .flatMap(Optional::stream);
  }

  private boolean isAnyGiven() {
    boolean anyFile = ca != null || certificate != null || key != null;
    return anyFile || !pins.isEmpty() || provider != TlsProvider.JDK;
  }

  /**
   * Refuses options that would do nothing, since who gives them relies on them; warns of trust in
   * everybody.
   *
   * @throws IllegalArgumentException if the target is not over TLS, and an option is there
   */
  void check(Endpoint endpoint, Screen err) {
    if (!endpoint.isSecure()) {
      if (isAnyGiven() || insecure) {
        throw new IllegalArgumentException(
            endpoint + " is not over TLS (expected with these options: tls://HOST:PORT)");
      }
    } else if (insecure) {
      err.line("warning: --insecure: whoever is on the path can read and change what passes");
    }
  }
}
