package dev.echo.tls;

import static dev.echo.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientConfig;
import dev.echo.client.EchoClient;
import dev.echo.endpoint.TlsEndpoint;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.testing.Certificates;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that change under load; {@code .ci/prove tls} does it a hundred times. */
@Timeout(60)
class CertificateRotationTest {
  private static final int ROTATIONS = 6;
  private static final long HANDSHAKE_MILLIS = 20;

  @TempDir private Path made;
  @TempDir private Path served;

  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicReference<String> seen = new AtomicReference<>("");
  private final AtomicInteger handshakes = new AtomicInteger();

  @Test
  void newCertificateIsServedWithinASecondAndNoHandshakeFails() throws Exception {
    Certificates files = Certificates.in(made, "ca");
    for (int i = 0; i <= ROTATIONS; i++) {
      files.make("n" + i, "ca", "DNS:localhost,IP:127.0.0.1");
    }
    place("n0", files);
    ServerTls tls = ServerTls.files(served.resolve("tls.crt"), served.resolve("tls.key")).build();
    EchoServer server =
        EchoServer.builder()
            .front(ServerFront.NONE.tls(tls))
            .listen(TlsEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    TlsEndpoint endpoint = (TlsEndpoint) server.endpoints().get(0);
    ScheduledExecutorService clients = Executors.newScheduledThreadPool(4);
    try {
      ClientTls trust = ClientTls.builder().ca(files.file("ca.crt")).build();
      EchoClient open =
          EchoClient.connect(
                  endpoint, ClientConfig.builder().front(ClientFront.NONE.tls(trust)).build())
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      clients.scheduleAtFixedRate(
          () -> handshake(endpoint.port()), 0, HANDSHAKE_MILLIS, TimeUnit.MILLISECONDS);
      for (int i = 1; i <= ROTATIONS; i++) {
        String name = "CN=n" + i;
        place("n" + i, files);
        long placed = System.nanoTime();
        eventually(name + " is served", () -> seen.get().equals(name));
        assertThat(System.nanoTime() - placed).isLessThan(TimeUnit.SECONDS.toNanos(1));
      }

      open.echo("Hello").toCompletableFuture().get(5, TimeUnit.SECONDS);
      open.finish().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } finally {
      clients.shutdown();
      assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      server.close().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
    assertThat(failures).isEmpty();
    assertThat(handshakes).hasValueGreaterThan(ROTATIONS);
  }

  /** By turns as a rename of each file and as a rewrite in place, key first. */
  private void place(String name, Certificates files) throws IOException {
    for (String kind : List.of(".key", ".crt")) {
      Path to = served.resolve("tls" + kind);
      if (handshakes.get() % 2 == 0) {
        Path beside = Files.copy(files.file(name + kind), served.resolve("new"));
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.write(to, Files.readAllBytes(files.file(name + kind)));
      }
    }
  }

  private void handshake(int port) {
    try {
      // A context of its own, or the session would be resumed.
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new PinTrust(List.of(), null)}, null);
      try (SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(new Socket("127.0.0.1", port), "localhost", port, true)) {
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        X509Certificate certificate =
            (X509Certificate) socket.getSession().getPeerCertificates()[0];
        seen.set(certificate.getSubjectX500Principal().getName());
        handshakes.incrementAndGet();
      }
    } catch (Exception e) {
      failures.add(e.toString());
    }
  }
}
