package dev.echo.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.PeerProgram;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void isForItsNamesAndServersAlone() throws Exception {
    Identity identity = SelfSigned.make(List.of("localhost", "127.0.0.1", "::1"), NOW);
    X509Certificate certificate = identity.certificate();

    certificate.verify(certificate.getPublicKey());
    assertThat(identity.isPair()).isTrue();
    assertThat(CertificateText.names(certificate)).contains("localhost", "127.0.0.1", "0:0:0:0:0");
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getKeyUsage()).startsWith(true, false);
    assertThat(certificate.getNotBefore()).isEqualTo(NOW.minus(1, ChronoUnit.DAYS));
    assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(397, ChronoUnit.DAYS));
  }

  /** More than 127 bytes of names need the long form of a length. */
  @Test
  void opensslReadsOneWithManyNames() throws Exception {
    List<String> names =
        Stream.concat(
                Stream.of("localhost"),
                IntStream.range(0, 40).mapToObj(i -> "name-" + i + ".example"))
            .toList();
    X509Certificate certificate = SelfSigned.make(names, NOW).certificate();
    Process openssl =
        PeerProgram.OPENSSL.command("x509", "-noout", "-text").redirectErrorStream(true).start();
    try (var in = openssl.getOutputStream()) {
      in.write("-----BEGIN CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
      in.write(Base64.getMimeEncoder().encode(certificate.getEncoded()));
      in.write("\n-----END CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
    }

    String text = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(openssl.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(text)
        .contains("ecdsa-with-SHA256", "DNS:name-39.example", "CA:FALSE", "Digital Signature");
  }

  @Test
  void twoAreNotTheSame() {
    X509Certificate one = SelfSigned.make(List.of("localhost"), NOW).certificate();
    X509Certificate other = SelfSigned.make(List.of("localhost"), NOW).certificate();

    assertThat(Fingerprint.of(one)).isNotEqualTo(Fingerprint.of(other));
    assertThat(one.getSerialNumber()).isNotEqualTo(other.getSerialNumber()).isPositive();
  }
}
