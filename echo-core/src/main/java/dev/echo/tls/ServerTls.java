package dev.echo.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS: its certificate, and whom it asks for one. Immutable; its files are
 * read again when they change, for as long as it is in use: new connections get the new
 * certificate, open ones go on.
 */
public final class ServerTls {
  private static final Logger logger = LoggerFactory.getLogger(ServerTls.class);
  private static final List<String> LOCAL_NAMES = List.of("localhost", "127.0.0.1", "::1");

  private final ReloadingContext context;

  private ServerTls(ReloadingContext context) {
    this.context = context;
  }

  /**
   * Serves the certificate of two PEM files.
   *
   * @param certificate the certificate, then those of its issuers
   * @param key its key, in PKCS#8 without a password; may be the same file
   * @return a builder
   */
  public static Builder files(Path certificate, Path key) {
    return new Builder(List.of(certificate, key), null);
  }

  /**
   * Serves a certificate made now, in memory, for this host's loopback addresses and names. A
   * client that knows its {@link ServerTls#fingerprint()} can trust it.
   *
   * @param names more names and addresses that it is for
   * @return a builder
   */
  public static Builder selfSigned(String... names) {
    List<String> all = Stream.concat(LOCAL_NAMES.stream(), Stream.of(names)).distinct().toList();
    return new Builder(List.of(), SelfSigned.make(all, Instant.now()));
  }

  /**
   * The SHA-256 of the certificate that is served now.
   *
   * @return as {@link ClientTls.Builder#pin} takes it: {@code sha256:} and 64 hexadecimal digits
   */
  public String fingerprint() {
    return context.served().fingerprint().toString();
  }

  /**
   * Makes the handler of one connection, with the certificate of this moment.
   *
   * @param allocator the connection's
   * @return to stand before {@link TlsHandshakeHandler} and {@link TlsEndHandler}
   */
  public SslHandler handler(ByteBufAllocator allocator) {
    SslHandler handler = current().newHandler(allocator);
    // Whether it takes too long says the stage behind it, by the time in which this process runs.
    handler.setHandshakeTimeoutMillis(0);
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setUseCipherSuitesOrder(true);
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  /** What the next connection gets: it changes with the files. */
  SslContext current() {
    return context.served().context();
  }

  /** Collects what differs from the defaults. Each method returns the builder itself. */
  public static final class Builder {
    private final List<Path> files;
    private final @Nullable Identity identity;
    private @Nullable Path clientCa;
    private TlsProvider provider = TlsProvider.JDK;

    private Builder(List<Path> files, @Nullable Identity identity) {
      this.files = files;
      this.identity = identity;
    }

    /**
     * Asks every client for a certificate, and serves none without a right one.
     *
     * @param file PEM: whoever may have issued it
     * @return this
     */
    public Builder clientCa(Path file) {
      clientCa = file;
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
     * Reads the files. A key that others may read gets a warning in the log.
     *
     * @return checked
     * @throws IllegalArgumentException if a file or the provider cannot be used; the message says
     *     which, and what was expected
     */
    public ServerTls build() {
      TlsProvider checked = provider.checked();
      Identity fixed = identity;
      List<Path> paths = new ArrayList<>(files);
      if (clientCa != null) {
        paths.add(clientCa);
      }
      ReloadingContext context =
          new ReloadingContext(paths, contents -> load(contents, fixed, checked));
      if (fixed == null) {
        warnOfReaders(files.get(1));
      }
      if (!paths.isEmpty()) {
        CertificateWatch.begin(context);
      }
      return new ServerTls(context);
    }

    private static ReloadingContext.Served load(
        List<PemFile> contents, @Nullable Identity fixed, TlsProvider provider) {
      Identity served = fixed == null ? PemFile.identity(contents.get(0), contents.get(1)) : fixed;
      int own = fixed == null ? 2 : 0;
      try {
        SslContextBuilder builder =
            TlsPolicy.apply(
                    SslContextBuilder.forServer(served.key(), served.chainArray()), provider)
                .sessionCacheSize(TlsPolicy.SESSIONS);
        if (contents.size() > own) {
          builder
              .trustManager(PeerTrust.of(contents.get(own).certificates()))
              .clientAuth(ClientAuth.REQUIRE);
        }
        return new ReloadingContext.Served(builder.build(), Fingerprint.of(served.certificate()));
      } catch (SSLException e) {
        String what = contents.isEmpty() ? "the certificate" : contents.get(0).path().toString();
        throw new IllegalArgumentException(
            what + ": TLS provider " + provider + " cannot use this certificate with its key", e);
      }
    }

    /** No refusal: mounted secrets often are like that. */
    private static void warnOfReaders(Path key) {
      try {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
          logger.warn("{}: others may read this key (chmod o-r {})", key, key);
        }
      } catch (IOException | UnsupportedOperationException e) {
        logger.debug("{}: who may read it cannot be told", key, e);
      }
    }
  }
}
