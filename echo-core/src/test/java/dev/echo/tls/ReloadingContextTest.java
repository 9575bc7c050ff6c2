package dev.echo.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.testing.Certificates;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingContextTest {
  @TempDir private static Path made;
  @TempDir private Path folder;
  private static Certificates files;
  private Path certificate;
  private Path key;

  @BeforeAll
  static void makeCertificates() {
    files = Certificates.in(made, "ca");
    files.make("first", "ca", "DNS:localhost");
    files.make("second", "ca", "DNS:localhost");
  }

  @BeforeEach
  void placeFirst() throws IOException {
    certificate = Files.copy(files.file("first.crt"), folder.resolve("tls.crt"));
    key = Files.copy(files.file("first.key"), folder.resolve("tls.key"));
  }

  @Test
  void takesNewFilesAtTheSecondLookThatSeesThem() throws IOException {
    ReloadingContext context = context();
    ReloadingContext.Served first = context.served();
    rename("second.crt", certificate);
    rename("second.key", key);

    context.look();
    assertThat(context.served()).isSameAs(first);
    context.look();

    assertThat(context.served().fingerprint()).isEqualTo(fingerprint("second.crt"));
  }

  @Test
  void seesARewriteInPlaceOfTheSameSizeAndTime() throws IOException {
    ReloadingContext context = context();
    var time = Files.getLastModifiedTime(certificate);
    Files.write(certificate, Files.readAllBytes(files.file("second.crt")));
    Files.write(key, Files.readAllBytes(files.file("second.key")));
    Files.setLastModifiedTime(certificate, time);
    Files.setLastModifiedTime(key, time);

    context.look();
    context.look();

    assertThat(context.served().fingerprint()).isEqualTo(fingerprint("second.crt"));
  }

  @Test
  void followsASymbolicLinkThatPointsElsewhere() throws IOException {
    Path old = Files.createDirectory(folder.resolve("old"));
    Path next = Files.createDirectory(folder.resolve("next"));
    Files.move(certificate, old.resolve("tls.crt"));
    Files.move(key, old.resolve("tls.key"));
    Files.copy(files.file("second.crt"), next.resolve("tls.crt"));
    Files.copy(files.file("second.key"), next.resolve("tls.key"));
    Path data = Files.createSymbolicLink(folder.resolve("data"), old.getFileName());
    Files.createSymbolicLink(certificate, Path.of("data", "tls.crt"));
    Files.createSymbolicLink(key, Path.of("data", "tls.key"));
    ReloadingContext context = context();
    Path swapped = Files.createSymbolicLink(folder.resolve("data.tmp"), next.getFileName());
    Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);

    context.look();
    context.look();

    assertThat(context.served().fingerprint()).isEqualTo(fingerprint("second.crt"));
  }

  @Test
  void certificateWithoutItsKeyChangesNothing() throws IOException {
    ReloadingContext context = context();
    ReloadingContext.Served first = context.served();
    rename("second.crt", certificate);
    for (int looks = 0; looks < 5; looks++) {
      context.look();
    }
    assertThat(context.served()).isSameAs(first);
    rename("second.key", key);

    context.look();
    context.look();

    assertThat(context.served().fingerprint()).isEqualTo(fingerprint("second.crt"));
  }

  @Test
  void halfAFileAndNoFileChangeNothing() throws IOException {
    ReloadingContext context = context();
    ReloadingContext.Served first = context.served();
    String whole = Files.readString(certificate, US_ASCII);
    Files.writeString(certificate, whole.substring(0, whole.length() / 2));
    context.look();
    context.look();
    Files.delete(certificate);
    context.look();
    context.look();

    assertThat(context.served()).isSameAs(first);
    Files.writeString(certificate, whole);
    context.look();
    context.look();
    assertThat(context.served()).isSameAs(first);
  }

  @Test
  void saysWhichFileCannotBeUsed() throws IOException {
    Files.copy(files.file("second.key"), key, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::context)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(key + ": holds a key that does not belong to " + certificate);
    Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    assertThatThrownBy(this::context).hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    Files.delete(key);
    assertThatThrownBy(this::context).hasMessage(key + ": no such file");
  }

  private ReloadingContext context() {
    return new ReloadingContext(
        List.of(certificate, key),
        contents -> {
          Identity identity = PemFile.identity(contents.get(0), contents.get(1));
          try {
            return new ReloadingContext.Served(
                SslContextBuilder.forServer(identity.key(), identity.chainArray())
                    .sslProvider(SslProvider.JDK)
                    .build(),
                Fingerprint.of(identity.certificate()));
          } catch (SSLException e) {
            throw new IllegalArgumentException(e);
          }
        });
  }

  private void rename(String from, Path to) throws IOException {
    Path beside = Files.copy(files.file(from), folder.resolve("new"));
    Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Fingerprint fingerprint(String name) {
    return Fingerprint.of(PemFile.read(files.file(name)).certificates().get(0));
  }
}
