package dev.echo.tls;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Makes a certificate that nobody else vouches for, with a new key on P-256: X.509 version 3 (RFC
 * 5280) for a server. The Java platform has no public interface that makes one.
 */
final class SelfSigned {
  /** As long as browsers accept (CA/Browser Forum, baseline requirements 6.3.2). */
  private static final Duration LIFETIME = Duration.ofDays(397);

  /** The clocks of others may be behind. */
  private static final Duration BEFORE = Duration.ofDays(1);

  private static final int SERIAL_BITS = 127;
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

  private SelfSigned() {}

  /** Makes one for names and addresses, of which the first is the subject. */
  static Identity make(List<String> names, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] content = content(names, now, keys);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] encoded = Der.sequence(content, ECDSA_WITH_SHA256, Der.bitString(signature.sign(), 0));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(encoded));
      return new Identity(List.of(certificate), keys.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a certificate: " + e.getMessage(), e);
    }
  }

  private static byte[] content(List<String> names, Instant now, KeyPair keys) {
    byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(names.get(0)))));
    return Der.sequence(
        Der.context(0, true, Der.integer(BigInteger.TWO)),
        Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1)),
        ECDSA_WITH_SHA256,
        name,
        Der.sequence(time(now.minus(BEFORE)), time(now.plus(LIFETIME))),
        name,
        keys.getPublic().getEncoded(),
        Der.context(3, true, extensions(names)));
  }

  /** UTCTime, as RFC 5280, 4.1.2.5 wants it until 2049. */
  private static byte[] time(Instant instant) {
    return Der.utcTime(UTC.format(instant));
  }

  private static byte[] extensions(List<String> names) {
    byte[][] alternatives = names.stream().map(SelfSigned::alternative).toArray(byte[][]::new);
    byte[] digitalSignature = Der.bitString(new byte[] {(byte) 0x80}, 7);
    byte[] serverAuth = Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"));
    return Der.sequence(
        Der.sequence(Der.oid("2.5.29.19"), Der.yes(), Der.octetString(Der.sequence())),
        Der.sequence(Der.oid("2.5.29.15"), Der.yes(), Der.octetString(digitalSignature)),
        Der.sequence(Der.oid("2.5.29.37"), Der.octetString(serverAuth)),
        Der.sequence(Der.oid("2.5.29.17"), Der.octetString(Der.sequence(alternatives))));
  }

  private static byte[] alternative(String name) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
    return address == null
        ? Der.context(2, false, name.getBytes(StandardCharsets.US_ASCII))
        : Der.context(7, false, address);
  }
}
