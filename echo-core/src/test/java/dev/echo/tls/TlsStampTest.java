package dev.echo.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.echo.endpoint.TlsEndpoint;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import dev.echo.frame.Stamp;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.testing.Certificates;
import dev.echo.testing.Peer;
import dev.echo.testing.PeerConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server's times are in the stamp before it is encrypted, with each version and provider. */
@Timeout(60)
class TlsStampTest {
  private static final byte[] PREFACE = HexFormat.of().parseHex("fe4543484f0d0a01");
  private static final int[] SIZES = {0, 2, 16_300, 16_344, 16_384, 16_400, 70_000, 300_000};

  @TempDir private static Path folder;
  private static Certificates files;

  @BeforeAll
  static void makeCertificate() {
    files = Certificates.in(folder, "ca");
    files.make("server", "ca", "IP:127.0.0.1");
  }

  /** Netty frees the keys of a BoringSSL context when it is collected, and not before. */
  @AfterAll
  static void letContextsBeCollected() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      System.runFinalization();
    }
  }

  @ParameterizedTest
  @CsvSource({"JDK, TLSv1.2", "JDK, TLSv1.3", "OPENSSL, TLSv1.2", "OPENSSL, TLSv1.3"})
  void timesAreInOrder(TlsProvider provider, String version) throws Exception {
    assumeThat(provider == TlsProvider.JDK || OpenSsl.isAvailable()).isTrue();
    EchoServer server = start(provider);
    try (Peer peer = peer(((TlsEndpoint) server.endpoints().get(0)).port(), version)) {
      peer.send(PREFACE).read(PREFACE.length);
      for (int i = 0; i < SIZES.length; i++) {
        peer.send(frame(i, SIZES[i]));
        ByteBuf echo =
            Unpooled.wrappedBuffer(peer.read(FrameHeader.BYTES + Stamp.BYTES + SIZES[i]));

        Stamp stamp = Stamp.read(echo, FrameHeader.BYTES);

        assertThat(stamp.sequence()).isEqualTo(i);
        assertThat(stamp.count()).isEqualTo(i + 1);
        assertThat(stamp.receivedNanos()).as("%d bytes", SIZES[i]).isPositive();
        assertThat(stamp.residenceNanos())
            .as("residence of %d bytes", SIZES[i])
            .isBetween(0L, TimeUnit.SECONDS.toNanos(10));
      }
    }
    await(server.close());
  }

  private static EchoServer start(TlsProvider provider) throws Exception {
    ServerTls tls =
        ServerTls.files(files.file("server.crt"), files.file("server.key"))
            .provider(provider)
            .build();
    return await(
        EchoServer.builder()
            .front(ServerFront.NONE.tls(tls))
            .listen(TlsEndpoint.of("127.0.0.1", 0))
            .start());
  }

  private static Peer peer(int port, String version) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    Socket under = PeerConnection.socket(port, 0);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(under, "127.0.0.1", port, true);
    socket.setEnabledProtocols(new String[] {version});
    socket.startHandshake();
    assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    return new Peer(PeerConnection.of(socket, under));
  }

  private static byte[] frame(int sequence, int payloadBytes) {
    ByteBuf out = Unpooled.buffer();
    out.writeLong(FrameHeader.stamped(FrameType.BINARY, payloadBytes));
    Stamp.writeRequest(out, sequence);
    out.writeZero(payloadBytes);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
