package dev.echo.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonParser;
import dev.echo.client.ClientConfig;
import dev.echo.client.EchoClient;
import dev.echo.client.UnreachableException;
import dev.echo.client.Whoami;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TlsEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.testing.Certificates;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.OpenSsl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BoringSSL on one side or on both. */
@Timeout(60)
class OpenSslEchoTest {
  private static final int SEED = 5;

  @TempDir private static Path folder;
  private static Certificates files;

  @BeforeAll
  static void makeCertificates() {
    assumeThat(OpenSsl.isAvailable()).as("BoringSSL is there").isTrue();
    files = Certificates.in(folder, "ca");
    files.make("server", "ca", "IP:127.0.0.1");
    files.make("client", "ca", "DNS:client");
  }

  /** Netty frees the keys of a context when it is collected, and not before. */
  @AfterAll
  static void letContextsBeCollected() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      System.runFinalization();
    }
  }

  private static EchoServer start(TlsProvider provider) throws Exception {
    ServerTls tls =
        ServerTls.files(files.file("server.crt"), files.file("server.key"))
            .clientCa(files.file("ca.crt"))
            .provider(provider)
            .build();
    return await(
        EchoServer.builder()
            .front(ServerFront.NONE.tls(tls))
            .listen(TlsEndpoint.of("127.0.0.1", 0))
            .start());
  }

  private static ClientTls.Builder trusting(TlsProvider provider) {
    return ClientTls.builder().ca(files.file("ca.crt")).provider(provider);
  }

  private static ClientTls showing(TlsProvider provider) {
    return trusting(provider)
        .certificate(files.file("client.crt"), files.file("client.key"))
        .build();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static EchoClient connect(EchoServer server, ClientTls tls) throws Exception {
    ClientConfig config = ClientConfig.builder().front(ClientFront.NONE.tls(tls)).build();
    return await(EchoClient.connect(server.endpoints().get(0), config));
  }

  @ParameterizedTest
  @CsvSource({"OPENSSL, OPENSSL", "OPENSSL, JDK", "JDK, OPENSSL"})
  void messagesComeBackOverConnectionsOneAfterTheOther(TlsProvider serving, TlsProvider asking)
      throws Exception {
    byte[] large = new byte[3 << 20];
    new Random(SEED).nextBytes(large);
    EchoServer server = start(serving);
    ClientTls tls = showing(asking);

    // The second connection may resume the session of the first.
    for (int i = 0; i < 2; i++) {
      EchoClient client = connect(server, tls);
      await(client.echo("Hello, world"));
      await(client.echo(Unpooled.wrappedBuffer(large)));
      await(client.echo(Unpooled.EMPTY_BUFFER));
      assertThat(await(client.finish()).echoed()).as("connection " + i).isEqualTo(3);
    }
    await(server.close());
  }

  @ParameterizedTest
  @CsvSource({"OPENSSL, OPENSSL", "OPENSSL, JDK", "JDK, OPENSSL"})
  void clientWithoutACertificateIsNotServed(TlsProvider serving, TlsProvider asking)
      throws Exception {
    EchoServer server = start(serving);
    ClientTls tls = trusting(asking).build();

    Throwable failure = catchThrowable(() -> await(connect(server, tls).echo("secret")));

    assertThat(failure).hasRootCauseInstanceOf(Exception.class);
    assertThat(failure.getCause()).isInstanceOf(UnreachableException.class);
    assertThat(failure).hasMessageContaining("the server wants a certificate of the client");
    await(server.close());
  }

  @Test
  void tellsTheClientWhatItSees() throws Exception {
    EchoServer server = start(TlsProvider.OPENSSL);
    Endpoint endpoint = server.endpoints().get(0);
    var group = new MultiThreadIoEventLoopGroup(1, Transport.best().ioHandlers());
    try {
      Bootstrap bootstrap =
          new Bootstrap().group(group).channel(Transport.best().channelType(endpoint));
      ClientFront front = ClientFront.NONE.tls(showing(TlsProvider.OPENSSL));
      Duration limit = Duration.ofSeconds(5);
      Whoami whoami = await(Whoami.ask(bootstrap, endpoint, front, limit, limit));
      var tls = JsonParser.parseString(whoami.json()).getAsJsonObject().getAsJsonObject("tls");

      assertThat(tls.get("version").getAsString()).isEqualTo("TLSv1.3");
      assertThat(tls.get("clientSubject").getAsString()).isEqualTo("CN=client");
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
    await(server.close());
  }
}
