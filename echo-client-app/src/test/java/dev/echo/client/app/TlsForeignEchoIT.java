package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.Certificates;
import dev.echo.testing.JarProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar over TLS, against servers that other people wrote. */
@Timeout(120)
class TlsForeignEchoIT {
  @TempDir private Path folder;
  private Certificates files;

  @BeforeEach
  void makeCertificates() {
    files = Certificates.in(folder, "ca");
    files.make("server", "ca", "DNS:localhost,IP:127.0.0.1");
    files.make("client", "ca", "DNS:client");
  }

  @ParameterizedTest
  @CsvSource({
    "frames, TLS1.3",
    "stream, TLS1.3",
    "frames, TLS1.2",
    "stream, TLS1.2",
  })
  void everythingComesBackFromSocat(String mode, String version) {
    try (PeerProcess peer = PeerProcess.socatTls(files, ",openssl-max-proto-version=" + version);
        JarProcess client =
            send(
                "localhost:" + peer.port(),
                "3 --mode " + mode + " --empty -m Hello --random 300KiB -n 2 --print none")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.err()).contains("6 messages over 3 connections: all 18 came back");
    }
  }

  @Test
  void clientCertificateIsShownToASocatThatAsksForOne() {
    String demands = ",verify=1,cafile=" + files.file("ca.crt");
    String shows =
        "--tls-cert " + files.file("client.crt") + " --tls-key " + files.file("client.key");
    try (PeerProcess peer = PeerProcess.socatTls(files, demands);
        JarProcess right = send("localhost:" + peer.port(), "-m Hello " + shows);
        JarProcess none = send("localhost:" + peer.port(), "-m Hello")) {
      assertThat(right.exitStatus()).as(right.toString()).isZero();
      assertThat(none.exitStatus()).as(none.toString()).isEqualTo(3);
      assertThat(none.err())
          .contains(": tls: the server wants a certificate of the client (certificate_required)");
    }
  }

  @ParameterizedTest
  @CsvSource({"frames", "stream"})
  void everythingComesBackThroughStunnel(String mode) throws Exception {
    EchoServer plain =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    int port = ((TcpEndpoint) plain.endpoints().get(0)).port();
    try (PeerProcess stunnel = PeerProcess.stunnel(folder, files, port);
        JarProcess client =
            send(
                "localhost:" + stunnel.port(),
                "3 --mode " + mode + " --empty -m Hello --random 3MiB -n 2 --print none")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.err()).contains("6 messages over 3 connections: all 18 came back");
    } finally {
      plain.close().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void insecureWarnsEachTimeAndJsonHasTheHandshake() {
    try (PeerProcess peer = PeerProcess.socatTls(files, "")) {
      for (int i = 0; i < 2; i++) {
        try (JarProcess client =
            JarProcess.start(
                ClientJar.PATH, "tls://127.0.0.1:" + peer.port(), "--insecure", "--json")) {
          assertThat(client.exitStatus()).as(client.toString()).isZero();
          assertThat(client.err()).contains("warning: --insecure");
          assertThat(client.out()).containsPattern("\"handshakeNanos\":[1-9]\\d{5}");
        }
      }
    }
  }

  private JarProcess send(String hostAndPort, String words) {
    List<String> arguments =
        new ArrayList<>(
            List.of("tls://" + hostAndPort, "--tls-ca", files.file("ca.crt").toString()));
    List<String> more = new ArrayList<>(List.of(words.split(" ")));
    if (more.get(0).matches("\\d+")) {
      arguments.add(1, more.remove(0));
    }
    arguments.addAll(more);
    return JarProcess.start(ClientJar.PATH, arguments.toArray(String[]::new));
  }
}
