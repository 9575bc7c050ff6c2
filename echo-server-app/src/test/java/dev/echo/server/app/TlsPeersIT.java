package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.Certificates;
import dev.echo.testing.JarProcess;
import dev.echo.testing.PeerProgram;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar over TLS, against the clients that other people wrote. */
@Timeout(120)
class TlsPeersIT {
  private static final long SEED = 65432;
  private static final int SECONDS = 30;

  @TempDir private Path folder;
  private Certificates files;

  @BeforeEach
  void makeCertificates() {
    files = Certificates.in(folder, "ca");
    files.make("server", "ca", "DNS:localhost,IP:127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void opensslGetsItsLineBackAndACloseNotify(String version) throws Exception {
    try (JarProcess server = server()) {
      Process client =
          PeerProgram.OPENSSL
              .command(
                  "s_client",
                  "-connect",
                  "127.0.0.1:" + server.awaitPort(),
                  version,
                  "-quiet",
                  "-no_ign_eof",
                  "-verify_return_error",
                  "-CAfile",
                  files.file("ca.crt").toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (OutputStream in = client.getOutputStream()) {
        in.write("Hello, world\n".getBytes(StandardCharsets.UTF_8));
        in.flush();
        byte[] echo = client.getInputStream().readNBytes(13);
        assertThat(echo).asString(StandardCharsets.UTF_8).isEqualTo("Hello, world\n");
      }

      assertThat(client.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(client.exitValue()).isZero();
      server.awaitErr("closed, 13 B received, 13 B echoed");
      assertThat(server.err()).doesNotContain("failed", "close_notify");
    }
  }

  /** A key exchange over a finite field takes a hundred times the server's work. */
  @ParameterizedTest
  @CsvSource({"X25519, TLS_", "P-256, TLS_", "ffdhe2048, (NONE)", "ffdhe8192, (NONE)"})
  void exchangesKeysOverEllipticCurvesAlone(String group, String cipher) throws Exception {
    try (JarProcess server = server()) {
      Process client =
          PeerProgram.OPENSSL
              .command(
                  "s_client",
                  "-tls1_3",
                  "-groups",
                  group,
                  "-connect",
                  "127.0.0.1:" + server.awaitPort())
              .redirectErrorStream(true)
              .start();
      client.getOutputStream().close();

      assertThat(client.getInputStream().readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .contains("Cipher is " + cipher);
      assertThat(client.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** It sends close_notify behind the file and then reads on: half-close. */
  @ParameterizedTest
  @ValueSource(strings = {"", ",openssl-max-proto-version=TLS1.2"})
  void socatGetsTheWholeFileBackAfterItsCloseNotify(String version) throws Exception {
    try (JarProcess server = server()) {
      String address =
          "OPENSSL:127.0.0.1:" + server.awaitPort() + ",cafile=" + files.file("ca.crt") + version;

      byte[] echo = exchange(PeerProgram.SOCAT, "-t20", "-", address);

      assertThat(echo).isEqualTo(data());
      assertThat(server.err()).doesNotContain("failed", "close_notify");
    }
  }

  @Test
  void ncatGetsTheWholeFileBackAlthoughItEndsTcpAlone() throws Exception {
    try (JarProcess server = server()) {
      String port = Integer.toString(server.awaitPort());

      byte[] echo = exchange(PeerProgram.NCAT, "--ssl", "127.0.0.1", port);

      assertThat(echo).isEqualTo(data());
      server.awaitErr("ended: the client ended TCP without close_notify");
    }
  }

  @Test
  void selfSignedCertificatePrintsWhatOpensslSees() throws Exception {
    try (JarProcess server =
        JarProcess.start(ServerJar.PATH, "--listen", "tls://127.0.0.1:0", "--tls-self-signed")) {
      int port = server.awaitPort();
      server.awaitErr("--tls-pin sha256:");
      String printed = server.err().replaceAll("(?s).*--tls-pin (sha256:[0-9a-f]{64}).*", "$1");
      String openssl = PeerProgram.OPENSSL.path();
      Process client =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  openssl
                      + " s_client -connect 127.0.0.1:"
                      + port
                      + " </dev/null 2>/dev/null | "
                      + openssl
                      + " x509 -noout -fingerprint -sha256")
              .start();
      String seen = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(seen.strip().toLowerCase(java.util.Locale.ROOT).replace(":", ""))
          .endsWith("fingerprint=" + printed.substring("sha256:".length()));
    }
  }

  @Test
  void keyThatOthersMayReadIsAWarning() throws Exception {
    Files.setPosixFilePermissions(
        files.file("server.key"), PosixFilePermissions.fromString("rw-r--r--"));
    try (JarProcess server = server("--stall-timeout", "5s")) {
      server.awaitPort();

      // The logger's settings hold whatever options were read before.
      server.awaitErr("WARN /");
      server.awaitErr("server.key: others may read this key (chmod o-r ");
    }
  }

  private JarProcess server(String... more) {
    List<String> words =
        new ArrayList<>(List.of("-v", "--listen", "tls://127.0.0.1:0", "--tls-cert"));
    words.add(files.file("server.crt").toString());
    words.add("--tls-key");
    words.add(files.file("server.key").toString());
    words.addAll(List.of(more));
    return JarProcess.start(ServerJar.PATH, words.toArray(String[]::new));
  }

  private byte[] exchange(PeerProgram program, String... arguments)
      throws IOException, InterruptedException {
    File in = Files.write(folder.resolve("in"), data()).toFile();
    File out = folder.resolve("out").toFile();
    Process client =
        program
            .command(arguments)
            .redirectInput(in)
            .redirectOutput(out)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(client.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      client.destroyForcibly();
    }
    return Files.readAllBytes(out.toPath());
  }

  private static byte[] data() {
    byte[] data = new byte[3_000_000];
    new Random(SEED).nextBytes(data);
    return data;
  }
}
