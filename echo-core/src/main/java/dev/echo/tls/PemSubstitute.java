package dev.echo.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Says what a file holds instead of the certificate or key that it should, and what to do. */
final class PemSubstitute {
  private static final String EXPECTED_CERTIFICATE = " (expected: -----BEGIN CERTIFICATE-----)";
  private static final String EXPECTED_KEY = " (expected: -----BEGIN PRIVATE KEY-----)";

  /** How the DER of a sequence with a two-byte length begins. */
  private static final String DER = "0\u0082";

  private static final String DER_VERSION_3 = "\u0002\u0001\u0003";
  private static final String DER_VERSION_0 = "\u0002\u0001\u0000";
  private static final String JAVA_KEYSTORE = "\u00fe\u00ed\u00fe\u00ed";
  private static final int DER_HEAD = 4;

  private PemSubstitute() {}

  /** What is there instead of a certificate. */
  static String forCertificate(Path path, String text, List<PemBlock> blocks) {
    for (PemBlock block : blocks) {
      String what = kindOfCertificate(block.label());
      if (!what.isEmpty()) {
        return String.format(Locale.ROOT, what, path);
      }
    }
    if (blocks.stream().anyMatch(PemBlock::isKey)) {
      return "holds a key and no certificate" + EXPECTED_CERTIFICATE;
    }
    return other(path, text, "holds no certificate" + EXPECTED_CERTIFICATE);
  }

  private static String kindOfCertificate(String label) {
    return switch (label) {
      case "TRUSTED CERTIFICATE" ->
          "holds a TRUSTED CERTIFICATE (expected: CERTIFICATE; openssl x509 -in %s makes one)";
      case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" ->
          "holds a CERTIFICATE REQUEST (expected: the CERTIFICATE that its issuer made of it)";
      case "PKCS7" ->
          "holds PKCS7 (expected: CERTIFICATE; openssl pkcs7 -print_certs -in %s makes it)";
      default -> "";
    };
  }

  /** What is there instead of a key. */
  static String forKey(Path path, String text, List<PemBlock> blocks) {
    if (blocks.stream().anyMatch(block -> block.label().endsWith("PUBLIC KEY"))) {
      return "holds a PUBLIC KEY (expected: the PRIVATE KEY that belongs to it)";
    }
    if (blocks.stream().anyMatch(PemBlock::isCertificate)) {
      return "holds a certificate and no key" + EXPECTED_KEY;
    }
    return other(path, text, "holds no key" + EXPECTED_KEY);
  }

  /** Why a block holds a key that cannot be used as it is. */
  static String forKey(Path path, PemBlock block) {
    if (block.label().startsWith("OPENSSH")) {
      return holds(
          block,
          "holds an %s (expected: %s; ssh-keygen -p -m PKCS8 -f %s turns it into one)",
          path);
    }
    if (block.isEncrypted()) {
      return holds(
          block,
          "holds a key with a password, %s (expected: %s without one;"
              + " openssl pkcs8 -topk8 -nocrypt -in %s makes one)",
          path);
    }
    return holds(
        block, "holds an %s (expected: %s; openssl pkcs8 -topk8 -nocrypt -in %s makes one)", path);
  }

  private static String holds(PemBlock block, String form, Path path) {
    return String.format(Locale.ROOT, form, block.label(), PemBlock.KEY, path);
  }

  private static String other(Path path, String text, String otherwise) {
    if (text.isBlank()) {
      return "is empty";
    }
    if (text.startsWith(JAVA_KEYSTORE)) {
      return "is a Java keystore (expected: PEM; keytool -importkeystore makes PKCS#12 of it, and"
          + " openssl pkcs12 -nodes PEM of that)";
    }
    if (text.startsWith(DER)) {
      if (text.startsWith(DER_VERSION_3, DER_HEAD)) {
        return "is PKCS#12 (expected: PEM; openssl pkcs12 -nodes -in " + path + " makes it)";
      }
      return text.startsWith(DER_VERSION_0, DER_HEAD)
          ? "is a key in DER (expected: PEM; openssl pkey -inform der -in " + path + " makes it)"
          : "is DER (expected: PEM; openssl x509 -inform der -in "
              + path
              + " makes it of a certificate)";
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    boolean wide = new String(bytes, StandardCharsets.UTF_16).contains("-----BEGIN ");
    return wide ? "is UTF-16 text (expected: PEM in ASCII)" : otherwise;
  }
}
