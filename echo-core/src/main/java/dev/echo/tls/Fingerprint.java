package dev.echo.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a certificate in DER, as {@code openssl x509 -fingerprint -sha256} prints it, too.
 *
 * @param hex 64 lower-case digits
 */
record Fingerprint(String hex) {
  private static final Pattern PIN =
      Pattern.compile("(?:sha-?256(?: fingerprint)?[:=])?((?:[0-9a-f]{2}:?){32})");

  static Fingerprint of(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new Fingerprint(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads one as people have it: with or without {@code sha256:}, colons, and in either case.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Fingerprint parse(String text) {
    Matcher matcher = PIN.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no fingerprint (expected: sha256: and 64 hexadecimal digits)");
    }
    return new Fingerprint(matcher.group(1).replace(":", ""));
  }

  @Override
  public String toString() {
    return "sha256:" + hex;
  }
}
