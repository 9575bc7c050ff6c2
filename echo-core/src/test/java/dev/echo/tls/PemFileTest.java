package dev.echo.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.testing.Certificates;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people give instead of a certificate or a key in PEM is named, with its file. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class PemFileTest {
  @TempDir private static Path made;
  @TempDir private Path folder;
  private static String certificate;
  private static String key;
  private static String otherKey;
  private Path file;

  @BeforeAll
  static void makeCertificates() throws IOException {
    Certificates files = Certificates.in(made, "ca");
    files.make("server", "ca", "DNS:localhost");
    files.make("other", "ca", "DNS:localhost");
    certificate = Files.readString(files.file("server.crt"));
    key = Files.readString(files.file("server.key"));
    otherKey = Files.readString(files.file("other.key"));
  }

  @BeforeEach
  void name() {
    file = folder.resolve("given.pem");
  }

  private static String relabelled(String pem, String from, String to) {
    return pem.replace("BEGIN " + from, "BEGIN " + to).replace("END " + from, "END " + to);
  }

  private PemFile given(String content) throws IOException {
    Files.writeString(file, content, ISO_8859_1);
    return PemFile.read(file);
  }

  private void refusesCertificate(String content, String why) throws IOException {
    PemFile given = given(content);
    assertThatThrownBy(given::certificates)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("null");
  }

  private void refusesKey(String content, String why) throws IOException {
    PemFile given = given(content);
    PemFile chain = new PemFile(Path.of("server.crt"), certificate);
    assertThatThrownBy(() -> PemFile.identity(chain, given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("null");
  }

  @Test
  void readsWhatToolsWriteAroundTheBlocks() throws IOException {
    String bag = "Bag Attributes\n    friendlyName: x\n" + key + "subject=CN = x\n" + certificate;
    PemFile both = given(bag.replace("\n", "\r\n"));

    assertThat(PemFile.identity(both, both).chain()).hasSize(1);
    assertThat(given(relabelled(certificate, "CERTIFICATE", "X509 CERTIFICATE")).certificates())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA PRIVATE KEY, holds an RSA PRIVATE KEY (expected: PRIVATE KEY; openssl pkcs8 -topk8",
    "ENCRYPTED PRIVATE KEY, 'holds a key with a password, ENCRYPTED PRIVATE KEY (expected: PRIV'",
    "OPENSSH PRIVATE KEY, holds an OPENSSH PRIVATE KEY (expected: PRIVATE KEY; ssh-keygen -p",
    "PUBLIC KEY, holds a PUBLIC KEY (expected: the PRIVATE KEY",
  })
  void namesAKeyOfAnotherKind(String label, String why) throws IOException {
    refusesKey(relabelled(key, "PRIVATE KEY", label), why);
  }

  @Test
  void namesAKeyThatIsEncryptedTheOldWay() throws IOException {
    String old =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF

        AAAA
        -----END RSA PRIVATE KEY-----
        """;

    refusesKey(old, "holds a key with a password, RSA PRIVATE KEY (expected: PRIVATE KEY without");
    refusesKey(certificate + old, "holds a key with a password, RSA PRIVATE KEY");
  }

  @Test
  void namesAKeyOfAnotherCertificate() throws IOException {
    refusesKey(otherKey, "holds a key that does not belong to server.crt");
    refusesKey(
        relabelled(certificate, "CERTIFICATE", "PRIVATE KEY"), "holds a key that cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "TRUSTED CERTIFICATE, holds a TRUSTED CERTIFICATE (expected: CERTIFICATE; openssl x509 -in",
    "CERTIFICATE REQUEST, holds a CERTIFICATE REQUEST (expected: the CERTIFICATE",
    "PKCS7, holds PKCS7 (expected: CERTIFICATE; openssl pkcs7 -print_certs -in",
    "SOMETHING, holds no certificate (expected: -----BEGIN CERTIFICATE-----)",
  })
  void namesACertificateOfAnotherKind(String label, String why) throws IOException {
    refusesCertificate(relabelled(certificate, "CERTIFICATE", label), why);
  }

  @Test
  void namesFilesThatChangedPlaces() throws IOException {
    refusesCertificate(key, "holds a key and no certificate");
    refusesKey(certificate, "holds a certificate and no key");
  }

  @Test
  void namesDamage() throws IOException {
    String written = "has the two characters \\n where lines should end";
    refusesCertificate(certificate.replace("\n", "\\n"), written);
    refusesKey(key.replace("\n", "\\n"), written);

    int fourth = certificate.indexOf('\n', 100) + 1;
    refusesCertificate(
        certificate.substring(0, fourth) + "?" + certificate.substring(fourth + 1),
        "line 4 is not base64");
    refusesCertificate(
        certificate.substring(0, fourth) + certificate.substring(fourth + 1),
        "the base64 after -----BEGIN CERTIFICATE----- is damaged");
    refusesCertificate(
        certificate.substring(0, fourth),
        "has a -----BEGIN CERTIFICATE----- without its -----END CERTIFICATE-----");
    refusesCertificate(
        certificate.substring(0, fourth - 65) + certificate.substring(fourth),
        "the certificate in line 1 cannot be read");
  }

  @Test
  void namesWhatIsNoPem() throws Exception {
    refusesCertificate("", "is empty");
    refusesKey("\n", "is empty");
    refusesCertificate(der(certificate), "is DER (expected: PEM; openssl x509 -inform der -in");
    refusesKey(rsaKeyInDer(), "is a key in DER (expected: PEM; openssl pkey -inform der -in");
    refusesCertificate(pkcs12(), "is PKCS#12 (expected: PEM; openssl pkcs12 -nodes -in");
    refusesCertificate("\u00fe\u00ed\u00fe\u00ed\0\0\0\2", "is a Java keystore (expected: PEM");
    refusesCertificate(new String(certificate.getBytes(UTF_16), ISO_8859_1), "is UTF-16 text");
    refusesKey("not at all", "holds no key (expected: -----BEGIN PRIVATE KEY-----)");
  }

  private static String der(String pem) {
    String base64 = pem.replaceAll("-----[^-]+-----|\\s", "");
    return new String(Base64.getDecoder().decode(base64), ISO_8859_1);
  }

  private static String rsaKeyInDer() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    return new String(generator.generateKeyPair().getPrivate().getEncoded(), ISO_8859_1);
  }

  private static String pkcs12() throws Exception {
    Certificate trusted = new PemFile(Path.of("x"), certificate).certificates().get(0);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("x", trusted);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, "password".toCharArray());
    return out.toString(ISO_8859_1);
  }

  @Test
  void readsAPipeOnceForCertificateAndKeyAndKeepsWhatItHeld() throws Exception {
    new ProcessBuilder("mkfifo", file.toString()).start().waitFor(10, TimeUnit.SECONDS);
    Thread writer = new Thread(() -> write(file, key + certificate));
    writer.start();

    ServerTls tls = ServerTls.files(file, file).build();
    writer.join();

    Fingerprint served = Fingerprint.of(new PemFile(file, certificate).certificates().get(0));
    assertThat(tls.fingerprint()).isEqualTo(served.toString());
  }

  @Test
  void doesNotReadAPipeAgainToSeeWhetherItChanged() throws Exception {
    new ProcessBuilder("mkfifo", file.toString()).start().waitFor(10, TimeUnit.SECONDS);
    Thread writer = new Thread(() -> write(file, certificate));
    writer.start();
    ReloadingContext context =
        new ReloadingContext(
            List.of(file),
            contents ->
                new ReloadingContext.Served(
                    forClient(), Fingerprint.of(contents.get(0).certificates().get(0))));
    writer.join();
    ReloadingContext.Served first = context.served();

    context.look();
    context.look();

    assertThat(context.served()).isSameAs(first);
  }

  private static SslContext forClient() {
    try {
      return SslContextBuilder.forClient().build();
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesAFileThatCannotBeRead() throws IOException {
    assertThatThrownBy(() -> PemFile.read(file)).hasMessage(file + ": no such file");
    assertThatThrownBy(() -> PemFile.read(folder)).hasMessage(folder + ": is a directory");
    Files.createSymbolicLink(file, file.getFileName());
    assertThatThrownBy(() -> PemFile.read(file))
        .hasMessageStartingWith(file + ": cannot be read: too many levels of symbolic links");
    Files.delete(file);
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> PemFile.read(file))
        .hasMessageStartingWith(file + ": is too large for a certificate or a key");
  }
}
