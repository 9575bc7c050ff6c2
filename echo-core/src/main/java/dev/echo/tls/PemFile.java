package dev.echo.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one file held at one moment (RFC 7468). Every failure is an {@link IllegalArgumentException}
 * whose message names the file and what was expected.
 *
 * @param path where it was read
 * @param text what it held
 */
record PemFile(Path path, String text) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  /** More is no certificate, and the whole is held in memory. */
  private static final long MAX_BYTES = 1 << 20;

  private record Block(String label, String base64) {
    byte[] content() {
      return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  static PemFile read(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw unusable(path, "is a directory", null);
      }
      if (Files.size(path) > MAX_BYTES) {
        throw unusable(path, "is too large for a certificate or a key", null);
      }
      // Any bytes at all: what is no PEM is found out below.
      return new PemFile(path, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      throw unusable(path, "no such file", e);
    } catch (AccessDeniedException e) {
      throw unusable(path, "permission denied", e);
    } catch (IOException e) {
      throw unusable(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** One certificate or more, in the order of the file. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks()) {
      if (block.label().equals(CERTIFICATE)) {
        try {
          certificates.add(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(block.content())));
        } catch (CertificateException e) {
          throw unusable(path, "holds a certificate that cannot be read", e);
        }
      }
    }
    if (certificates.isEmpty()) {
      throw unusable(path, "holds no certificate (expected: -----BEGIN CERTIFICATE-----)", null);
    }
    return certificates;
  }

  /** The key of a certificate. */
  PrivateKey keyOf(PublicKey known) {
    for (Block block : blocks()) {
      if (block.label().equals(KEY)) {
        try {
          return KeyFactory.getInstance(known.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(block.content()));
        } catch (GeneralSecurityException e) {
          throw unusable(path, "holds a key that does not belong to the certificate", e);
        }
      } else if (block.label().endsWith(KEY)) {
        throw unusable(
            path,
            "holds an %s (expected: %s; openssl pkcs8 -topk8 -nocrypt -in %s makes one)"
                .formatted(block.label(), KEY, path),
            null);
      }
    }
    throw unusable(path, "holds no key (expected: -----BEGIN PRIVATE KEY-----)", null);
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  /** The identity that two files hold. */
  static Identity identity(PemFile certificate, PemFile key) {
    List<X509Certificate> chain = certificate.certificates();
    Identity identity = new Identity(chain, key.keyOf(chain.get(0).getPublicKey()));
    if (!identity.isPair()) {
      throw unusable(key.path(), "holds a key that does not belong to " + certificate.path(), null);
    }
    return identity;
  }

  private static IllegalArgumentException unusable(
      Path path, String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(path + ": " + why, cause);
  }
}
