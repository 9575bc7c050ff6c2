package dev.echo.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Certificates for tests, made by {@code openssl} in a folder of the test. Where there is none, the
 * test is skipped.
 */
public final class Certificates {
  private static final int SECONDS = 20;

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes an issuer.
   *
   * @param folder gets everything
   * @param issuer its name; its certificate is {@code NAME.crt}
   * @return makes certificates of that issuer
   */
  public static Certificates in(Path folder, String issuer) {
    Certificates certificates = new Certificates(folder);
    certificates.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" + issuer,
        "-keyout",
        issuer + ".key",
        "-out",
        issuer + ".crt");
    return certificates;
  }

  /**
   * Makes a certificate and its key, {@code NAME.crt} and {@code NAME.key}.
   *
   * @param name also its subject
   * @param issuer who signs it
   * @param alternatives such as {@code DNS:localhost,IP:127.0.0.1}
   */
  public void make(String name, String issuer, String alternatives) {
    make(name, issuer, alternatives, "-days 2");
  }

  /**
   * Makes a certificate that is not valid any more.
   *
   * @param name also its subject
   * @param issuer who signs it
   * @param alternatives such as {@code DNS:localhost,IP:127.0.0.1}
   */
  public void makeExpired(String name, String issuer, String alternatives) {
    make(name, issuer, alternatives, "-days -1");
  }

  private void make(String name, String issuer, String alternatives, String days) {
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name,
        "-keyout",
        name + ".key",
        "-out",
        name + ".csr");
    Path extensions = folder.resolve(name + ".ext");
    try {
      Files.writeString(extensions, "subjectAltName=" + alternatives + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    openssl(
        "x509 -req " + days + " -CAcreateserial",
        "-in",
        name + ".csr",
        "-CA",
        issuer + ".crt",
        "-CAkey",
        issuer + ".key",
        "-extfile",
        name + ".ext",
        "-out",
        name + ".crt");
  }

  /**
   * A file of these.
   *
   * @param name such as {@code server.crt}
   * @return its path
   */
  public Path file(String name) {
    return folder.resolve(name);
  }

  private void openssl(String words, String... more) {
    List<String> command = new ArrayList<>(List.of(PeerProgram.OPENSSL.path()));
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of(more));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.log").toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(
            String.join(" ", command)
                + "\n"
                + Files.readString(folder.resolve("openssl.log"), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
