package dev.echo.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one file held at one moment (RFC 7468). Every failure is an {@link IllegalArgumentException}
 * whose message names the file and what was expected.
 *
 * @param path where it was read
 * @param text what it held
 */
record PemFile(Path path, String text) {
  /** More is no certificate, and the whole is held in memory. */
  private static final int MAX_BYTES = 1 << 20;

  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "DSA", "XDH");

  /** Reads a file, or a pipe to its end. */
  static PemFile read(Path path) {
    if (Files.isDirectory(path)) {
      throw unusable(path, "is a directory", null);
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unusable(path, "is too large for a certificate or a key (1 MiB at most)", null);
      }
      // Any bytes at all: what is no PEM is found out below.
      return new PemFile(path, new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      throw unusable(path, "no such file", e);
    } catch (AccessDeniedException e) {
      throw unusable(path, "permission denied", e);
    } catch (IOException e) {
      String reason = e instanceof FileSystemException named ? named.getReason() : null;
      String why = reason == null ? "" : ": " + reason.toLowerCase(Locale.ROOT);
      throw unusable(path, "cannot be read" + why, e);
    }
  }

  /** One certificate or more, in the order of the file. */
  List<X509Certificate> certificates() {
    List<PemBlock> blocks = blocks();
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemBlock block : blocks) {
      if (block.isCertificate()) {
        certificates.add(certificate(block));
      }
    }
    if (certificates.isEmpty()) {
      throw unusable(path, PemSubstitute.forCertificate(path, text, blocks), null);
    }
    return certificates;
  }

  private X509Certificate certificate(PemBlock block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(content(block)));
    } catch (CertificateException e) {
      throw unusable(
          path,
          String.format(
              Locale.ROOT,
              "the certificate in line %d cannot be read (is it damaged?)",
              block.line()),
          e);
    }
  }

  /** The key of a certificate that another file, or this one, holds. */
  private PrivateKey keyOf(X509Certificate certificate, Path from) {
    List<PemBlock> blocks = blocks();
    PemBlock block =
        blocks.stream()
            .filter(PemBlock::isKey)
            .findFirst()
            .orElseThrow(() -> unusable(path, PemSubstitute.forKey(path, text, blocks), null));
    if (!block.label().equals(PemBlock.KEY) || block.isEncrypted()) {
      throw unusable(path, PemSubstitute.forKey(path, block), null);
    }
    byte[] content = content(block);
    Optional<PrivateKey> key = key(certificate.getPublicKey().getAlgorithm(), content);
    if (key.isEmpty()) {
      boolean sound = KEY_ALGORITHMS.stream().anyMatch(each -> key(each, content).isPresent());
      throw sound ? foreign(from) : unusable(path, "holds a key that cannot be read", null);
    }
    return key.get();
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] content) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private IllegalArgumentException foreign(Path certificate) {
    return unusable(path, "holds a key that does not belong to " + certificate, null);
  }

  private List<PemBlock> blocks() {
    try {
      return PemBlock.of(text);
    } catch (IllegalArgumentException e) {
      throw unusable(path, String.valueOf(e.getMessage()), e);
    }
  }

  private byte[] content(PemBlock block) {
    try {
      return block.content();
    } catch (IllegalArgumentException e) {
      throw unusable(path, String.valueOf(e.getMessage()), e);
    }
  }

  /** The identity that two files hold, or one that holds both. */
  static Identity identity(PemFile certificate, PemFile key) {
    List<X509Certificate> chain = certificate.certificates();
    Identity identity = new Identity(chain, key.keyOf(chain.get(0), certificate.path()));
    if (!identity.isPair()) {
      throw key.foreign(certificate.path());
    }
    return identity;
  }

  private static IllegalArgumentException unusable(
      Path path, String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(path + ": " + why, cause);
  }
}
