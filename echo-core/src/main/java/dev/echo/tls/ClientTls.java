package dev.echo.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of TLS: whom it trusts, and what it shows. Immutable. By default it trusts whom
 * the Java platform trusts, and the certificate must be for the name that was asked for.
 */
public final class ClientTls {
  /** The platform's issuers, and no certificate of this side's. */
  public static final ClientTls DEFAULT = new Builder().build();

  private final Builder settings;
  private @Nullable SslContext context;

  private ClientTls(Builder settings) {
    this.settings = settings;
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads what takes time, so that the first connection need not.
   *
   * @return this
   */
  public ClientTls prepared() {
    context();
    return this;
  }

  /**
   * Makes the handler of one connection.
   *
   * @param allocator the connection's
   * @param host as it was asked for; checked against the certificate, and told to the server if it
   *     is a name (SNI)
   * @param port of the server
   * @return to stand before {@link TlsHandshakeHandler} and {@link TlsEndHandler}
   */
  public SslHandler handler(ByteBufAllocator allocator, String host, int port) {
    SslHandler handler = context().newHandler(allocator, host, port);
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(settings.checksName() ? "HTTPS" : null);
    if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
      serverName(host).ifPresent(name -> parameters.setServerNames(List.of(name)));
    }
    handler.engine().setSSLParameters(parameters);
    // Whoever connects has a timeout of its own for all that comes before the first byte.
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }

  /** A name that cannot be told is one that no certificate is for. */
  private static Optional<SNIHostName> serverName(String host) {
    try {
      return Optional.of(new SNIHostName(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean hasCertificate() {
    return settings.identity != null;
  }

  private synchronized SslContext context() {
    if (context == null) {
      context = settings.context();
    }
    return context;
  }

  /** Collects what differs from the defaults. Each method returns the builder itself. */
  public static final class Builder {
    private final List<Fingerprint> pins = new ArrayList<>();
    private @Nullable List<X509Certificate> issuers;
    private @Nullable Identity identity;
    private boolean insecure;
    private TlsProvider provider = TlsProvider.JDK;

    private Builder() {}

    private Builder(Builder other) {
      pins.addAll(other.pins);
      issuers = other.issuers;
      identity = other.identity;
      insecure = other.insecure;
      provider = other.provider;
    }

    /**
     * Trusts the issuers of a file instead of the platform's.
     *
     * @param file PEM
     * @return this
     * @throws IllegalArgumentException if it cannot be used
     */
    public Builder ca(Path file) {
      issuers = PemFile.read(file).certificates();
      return this;
    }

    /**
     * Shows a certificate to servers that ask for one.
     *
     * @param certificate PEM: the certificate, then those of its issuers
     * @param key its key, in PKCS#8 without a password; may be the same file
     * @return this
     * @throws IllegalArgumentException if they cannot be used
     */
    public Builder certificate(Path certificate, Path key) {
      PemFile first = PemFile.read(certificate);
      // A pipe that holds both can be read once only.
      identity = PemFile.identity(first, key.equals(certificate) ? first : PemFile.read(key));
      return this;
    }

    /**
     * Trusts the certificate with this fingerprint, whoever issued it and whatever it is for;
     * repeatable. Where {@link #ca} is set too, that must hold as well.
     *
     * @param fingerprint SHA-256, with or without {@code sha256:} and colons
     * @return this
     * @throws IllegalArgumentException if it is none
     */
    public Builder pin(String fingerprint) {
      pins.add(Fingerprint.parse(fingerprint));
      return this;
    }

    /**
     * Trusts every server: whoever stands on the path can read and change what passes.
     *
     * @return this
     */
    public Builder insecure() {
      insecure = true;
      return this;
    }

    /**
     * Sets who does the cryptography.
     *
     * @param value {@link TlsProvider#JDK} by default
     * @return this
     */
    public Builder provider(TlsProvider value) {
      provider = value;
      return this;
    }

    /**
     * Makes the settings.
     *
     * @return checked
     * @throws IllegalArgumentException if everything is trusted and something is not, or the
     *     provider is not there
     */
    public ClientTls build() {
      if (insecure && (issuers != null || !pins.isEmpty())) {
        throw new IllegalArgumentException("insecure: excludes issuers and pins");
      }
      provider.checked();
      return new ClientTls(new Builder(this));
    }

    private boolean checksName() {
      return !insecure && (pins.isEmpty() || issuers != null);
    }

    private SslContext context() {
      try {
        SslContextBuilder builder =
            TlsPolicy.apply(SslContextBuilder.forClient(), provider).trustManager(trust());
        if (identity != null) {
          builder.keyManager(identity.key(), identity.chainArray());
        }
        return builder.build();
      } catch (SSLException e) {
        throw new IllegalStateException("TLS cannot be used: " + e.getMessage(), e);
      }
    }

    private X509ExtendedTrustManager trust() {
      PeerTrust given = issuers == null ? null : PeerTrust.of(issuers);
      if (insecure || !pins.isEmpty()) {
        return new PinTrust(pins, given);
      }
      return given == null ? PeerTrust.platform() : given;
    }
  }
}
