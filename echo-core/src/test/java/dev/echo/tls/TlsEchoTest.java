package dev.echo.tls;

import static dev.echo.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.echo.client.ClientConfig;
import dev.echo.client.ClientMode;
import dev.echo.client.ConnectionLostException;
import dev.echo.client.EchoClient;
import dev.echo.client.EchoException;
import dev.echo.client.UnreachableException;
import dev.echo.client.UnreachableException.Reason;
import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.EndSign;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.TlsEndpoint;
import dev.echo.metrics.EchoObserver;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.testing.Certificates;
import dev.echo.testing.LeakExtension;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server and client over real sockets, and each against a peer that does something else. */
@Timeout(60)
@ExtendWith(LeakExtension.class)
class TlsEchoTest {
  private static final long SEED = 4;
  private static final String ALL = "DNS:localhost,IP:127.0.0.1";

  @TempDir private static Path folder;
  private static Certificates files;

  private final Queue<String> ended = new ConcurrentLinkedQueue<>();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();
  private final AtomicLong received = new AtomicLong();
  private final EchoObserver observer =
      new EchoObserver() {
        @Override
        public void received(Channel connection, io.netty.buffer.ByteBuf content) {
          received.addAndGet(content.readableBytes());
        }

        @Override
        public void ended(Channel connection, String why) {
          ended.add(why);
        }

        @Override
        public void failed(Channel connection, Throwable cause) {
          failed.add(String.valueOf(cause.getMessage()));
        }
      };
  private EchoServer server;

  @BeforeAll
  static void makeCertificates() {
    files = Certificates.in(folder, "ca");
    Certificates.in(folder, "other-ca");
    files.make("server", "ca", ALL);
    files.make("elsewhere", "ca", "DNS:elsewhere.example");
    files.makeExpired("old", "ca", ALL);
    files.make("client", "ca", "DNS:client");
    files.make("stranger", "other-ca", "DNS:client");
    files.makeExpired("former", "ca", "DNS:client");
  }

  @AfterEach
  void close() throws Exception {
    if (server != null) {
      server.close().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void messagesComeBack(ClientMode mode) throws Exception {
    TlsEndpoint endpoint = start(serverTls("server"));
    byte[] large = bytes(3 << 20);

    EchoClient client = connect(endpoint, mode, trusting());

    await(client.echo("Hello, world"));
    await(client.echo(large));
    assertThat(client.handshakeTime()).isPositive();
    assertThat(await(client.finish()).echoed()).isEqualTo(2);
  }

  @Test
  void pinTrustsASelfSignedCertificate() throws Exception {
    ServerTls tls = ServerTls.selfSigned().build();
    TlsEndpoint endpoint = start(tls);

    EchoClient client =
        connect(endpoint, ClientMode.FRAMES, ClientTls.builder().pin(tls.fingerprint()).build());

    await(client.echo("Hello, world"));
    await(client.finish());
  }

  @ParameterizedTest
  @CsvSource({
    "elsewhere, NAME, elsewhere.example",
    "old, EXPIRED, has expired on 20",
  })
  void wrongServerIsRefused(String name, TlsProblem problem, String word) throws Exception {
    TlsEndpoint endpoint = start(serverTls(name));

    TlsException why = refusal(endpoint, trusting());

    assertThat(why.problem()).isEqualTo(problem);
    assertThat(why).hasMessageContaining(word);
    assertThat(received).hasValue(0);
  }

  @Test
  void unknownIssuerIsRefused() throws Exception {
    TlsEndpoint endpoint = start(serverTls("server"));

    TlsException why = refusal(endpoint, ClientTls.DEFAULT);

    assertThat(why.problem()).isEqualTo(TlsProblem.ISSUER);
    assertThat(why).hasMessageContaining("'CN=server' was issued by 'CN=ca', which is not trusted");
    eventually("the server is told why", () -> !failed.isEmpty());
    assertThat(failed).first().asString().contains("does not accept our certificate");
  }

  @Test
  void otherCertificateThanThePinnedOneIsRefused() throws Exception {
    TlsEndpoint endpoint = start(serverTls("server"));
    String other = ServerTls.selfSigned().build().fingerprint();

    TlsException why = refusal(endpoint, ClientTls.builder().pin(other).build());

    assertThat(why.problem()).isEqualTo(TlsProblem.PIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stranger", "former"})
  void noByteIsEchoedWithoutARightClientCertificate(String name) throws Exception {
    TlsEndpoint endpoint = start(mutual());
    ClientTls tls = name.isEmpty() ? trusting() : showing(name);

    Throwable failure =
        catchThrowable(
            () -> {
              EchoClient client = connect(endpoint, ClientMode.FRAMES, tls);
              await(client.echo("Hello, world"));
            });

    assertThat(failure).isInstanceOf(UnreachableException.class);
    assertThat(((UnreachableException) failure).reason()).isEqualTo(Reason.TLS);
    assertThat(((TlsException) failure.getCause()).problem())
        .isEqualTo(TlsProblem.CLIENT_CERTIFICATE);
    eventually("the server says why", () -> !failed.isEmpty());
    assertThat(failed).first().asString().contains("the client");
    assertThat(received).hasValue(0);
  }

  @Test
  void rightClientCertificateIsServed() throws Exception {
    TlsEndpoint endpoint = start(mutual());

    EchoClient client = connect(endpoint, ClientMode.FRAMES, showing("client"));

    await(client.echo("Hello, world"));
    await(client.finish());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void everythingComesBackAfterCloseNotify(String version) throws Exception {
    TlsEndpoint endpoint = start(serverTls("server"));
    byte[] sent = bytes(200_000);
    try (SSLSocket socket = socket(endpoint, version)) {
      socket.getOutputStream().write(sent);

      socket.shutdownOutput();

      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
    }
    assertThat(ended).isEmpty();
    assertThat(failed).isEmpty();
  }

  @Test
  void endWithoutCloseNotifyIsNamedAndServed() throws Exception {
    TlsEndpoint endpoint = start(serverTls("server"));
    try (Socket tcp = new Socket("127.0.0.1", endpoint.port());
        SSLSocket socket = over(tcp, "TLSv1.3")) {
      socket.getOutputStream().write("Hello".getBytes(UTF_8));

      tcp.shutdownOutput();

      assertThat(socket.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("Hello");
    }
    assertThat(ended)
        .containsExactly("the client ended TCP without close_notify: what came may be cut off");
  }

  @Test
  void clientCannotNegotiateAgain() throws Exception {
    TlsEndpoint endpoint = start(serverTls("server"));
    try (SSLSocket socket = socket(endpoint, "TLSv1.2")) {
      socket.getOutputStream().write('a');
      assertThat(socket.getInputStream().read()).isEqualTo('a');

      socket.startHandshake();

      assertThatThrownBy(
              () -> {
                socket.getOutputStream().write('b');
                socket.getInputStream().read();
              })
          .isInstanceOf(IOException.class);
    }
    eventually("it is told", () -> !failed.isEmpty());
    assertThat(failed).containsExactly("the client asked for another handshake, which is refused");
  }

  @Test
  void oldVersionsAreRefused() throws Exception {
    TlsEndpoint endpoint = start(serverTls("server"));
    try (SSLSocket socket = socket(endpoint, "TLSv1.3")) {
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
    try (Socket tcp = new Socket("127.0.0.1", endpoint.port())) {
      tcp.setSoTimeout(10_000);
      // A hello of TLS 1.1 with one suite and no extension.
      tcp.getOutputStream().write(hello11());

      byte[] alert = tcp.getInputStream().readNBytes(7);

      assertThat(alert[0]).isEqualTo((byte) 21);
      assertThat(alert[6]).isEqualTo((byte) 70);
    }
  }

  @Test
  void plainBytesAreAnsweredWithAnAlertAndNamed() throws Exception {
    TlsEndpoint endpoint = start(serverTls("server"));
    try (Socket tcp = new Socket("127.0.0.1", endpoint.port())) {
      tcp.setSoTimeout(10_000);
      tcp.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));

      assertThat(tcp.getInputStream().readAllBytes()).containsExactly(21, 3, 3, 0, 2, 2, 10);
    }
    eventually("it is told", () -> !failed.isEmpty());
    assertThat(failed).containsExactly("plain bytes came to a TLS port: 'GET / HTTP/1.1'");
  }

  @Test
  void echoWithoutTlsIsNamed() throws Exception {
    server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    int port = ((TcpEndpoint) server.endpoints().get(0)).port();

    TlsException why = refusal(TlsEndpoint.of("127.0.0.1", port), trusting());

    assertThat(why.problem()).isEqualTo(TlsProblem.NOT_TLS);
    assertThat(why).hasMessageContaining("sent our own hello back");
  }

  @Test
  void serverThatDoesNotSpeakTlsIsNamed() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered = answer(listener, "SSH-2.0-OpenSSH_9.2\r\n");

      TlsException why = refusal(TlsEndpoint.of("127.0.0.1", listener.getLocalPort()), trusting());

      assertThat(why.problem()).isEqualTo(TlsProblem.NOT_TLS);
      assertThat(why).hasMessageContaining("it answered 'SSH-2.0-OpenSSH_9.2'");
      answered.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void serverThatGoesAwayIsNamed() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered = answer(listener, "");

      TlsException why = refusal(TlsEndpoint.of("127.0.0.1", listener.getLocalPort()), trusting());

      assertThat(why.problem()).isEqualTo(TlsProblem.GONE);
      answered.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void drainEndsAConnectionWhoseHandshakeIsNotDone() throws Exception {
    TlsEndpoint endpoint = start(serverTls("server"));
    try (Socket tcp = new Socket("127.0.0.1", endpoint.port())) {
      tcp.setSoTimeout(10_000);
      eventually("it is up", () -> server.connections() == 1);

      server.drain(Duration.ofSeconds(5)).toCompletableFuture().get(3, TimeUnit.SECONDS);

      assertThat(tcp.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void listenerWithoutACertificateIsRefused() {
    Throwable failure =
        catchThrowable(
            () ->
                EchoServer.builder()
                    .listen(TlsEndpoint.of("127.0.0.1", 0))
                    .start()
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS));

    assertThat(failure).hasStackTraceContaining("no certificate (expected: ServerFront.tls)");
  }

  @Test
  void clientNamesAPeerThatFinishesTlsBeforeTheEcho() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SSLContext context = serverContext();
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                try (Socket tcp = listener.accept();
                    SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(tcp, null, true)) {
                  socket.setUseClientMode(false);
                  socket.startHandshake();
                  socket.getOutputStream().write(socket.getInputStream().readNBytes(5), 0, 3);
                  socket.shutdownOutput();
                  tcp.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      EchoClient client =
          connect(
              TlsEndpoint.of("127.0.0.1", listener.getLocalPort()),
              ClientMode.STREAM,
              ClientTls.builder().insecure().build());

      Throwable failure = catchThrowable(() -> await(client.echo("Hello")));

      ConnectionEnd end = ((ConnectionLostException) failure).end().orElseThrow();
      assertThat(end.sign()).isEqualTo(EndSign.CLOSE_NOTIFY);
      assertThat(end.received().bytes()).isEqualTo(3);
      assertThat(end.sentence()).startsWith("the peer closed the connection (TLS close_notify) ");
      served.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void clientNamesARelayThatEndsTheHandshakeWithoutAByte() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                try (Socket tcp = listener.accept()) {
                  tcp.getInputStream().readNBytes(50);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });

      Throwable failure =
          catchThrowable(
              () ->
                  connect(
                      TlsEndpoint.of("127.0.0.1", listener.getLocalPort()),
                      ClientMode.STREAM,
                      ClientTls.builder().insecure().build()));

      assertThat(failure)
          .hasStackTraceContaining("tls: something accepted the connection and ended it after ")
          .hasStackTraceContaining(" without a byte: a relay with nothing behind it?");
      served.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void clientNamesAnEchoThatIsCutOff() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SSLContext context = serverContext();
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                try (Socket tcp = listener.accept();
                    SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(tcp, null, true)) {
                  socket.setUseClientMode(false);
                  socket.startHandshake();
                  socket.getInputStream().readNBytes(5);
                  tcp.shutdownOutput();
                  tcp.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      EchoClient client =
          connect(
              TlsEndpoint.of("127.0.0.1", listener.getLocalPort()),
              ClientMode.STREAM,
              ClientTls.builder().insecure().build());

      Throwable failure = catchThrowable(() -> await(client.echo("Hello")));

      assertThat(failure).isInstanceOf(ConnectionLostException.class);
      assertThat(((ConnectionLostException) failure).end().orElseThrow().how())
          .isEqualTo(EndSign.How.CUT_OFF);
      served.get(10, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<Void> answer(ServerSocket listener, String text) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket socket = listener.accept()) {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            in.readAllBytes();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private TlsEndpoint start(ServerTls tls) throws Exception {
    server =
        EchoServer.builder()
            .front(ServerFront.NONE.tls(tls))
            .observer(observer)
            .listen(TlsEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    return (TlsEndpoint) server.endpoints().get(0);
  }

  private static ServerTls serverTls(String name) {
    return ServerTls.files(files.file(name + ".crt"), files.file(name + ".key")).build();
  }

  private static ServerTls mutual() {
    return ServerTls.files(files.file("server.crt"), files.file("server.key"))
        .clientCa(files.file("ca.crt"))
        .build();
  }

  private static ClientTls trusting() {
    return ClientTls.builder().ca(files.file("ca.crt")).build();
  }

  private static ClientTls showing(String name) {
    return ClientTls.builder()
        .ca(files.file("ca.crt"))
        .certificate(files.file(name + ".crt"), files.file(name + ".key"))
        .build();
  }

  private static EchoClient connect(TlsEndpoint endpoint, ClientMode mode, ClientTls tls)
      throws Exception {
    ClientConfig config =
        ClientConfig.builder().mode(mode).front(ClientFront.NONE.tls(tls)).build();
    return await(EchoClient.connect(endpoint, config));
  }

  private static TlsException refusal(TlsEndpoint endpoint, ClientTls tls) {
    Throwable failure = catchThrowable(() -> connect(endpoint, ClientMode.FRAMES, tls));
    assertThat(failure).isInstanceOf(UnreachableException.class);
    assertThat(((UnreachableException) failure).reason()).isEqualTo(Reason.TLS);
    assertThat(failure).hasMessageContaining(": tls: ");
    return (TlsException) failure.getCause();
  }

  private static <T> T await(java.util.concurrent.CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof EchoException failure ? failure : e;
    }
  }

  private static SSLSocket socket(TlsEndpoint endpoint, String version) throws Exception {
    return over(new Socket("127.0.0.1", endpoint.port()), version);
  }

  private static SSLSocket over(Socket tcp, String version) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new PinTrust(List.of(), null)}, null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, "x", 1, true);
    socket.setEnabledProtocols(new String[] {version});
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext serverContext() throws Exception {
    Identity identity =
        PemFile.identity(
            PemFile.read(files.file("server.crt")), PemFile.read(files.file("server.key")));
    java.security.KeyStore store = java.security.KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", identity.key(), new char[0], identity.chainArray());
    javax.net.ssl.KeyManagerFactory keys =
        javax.net.ssl.KeyManagerFactory.getInstance(
            javax.net.ssl.KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static byte[] hello11() {
    byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
    hello[0] = 22;
    hello[1] = 3;
    hello[2] = 1;
    hello[4] = (byte) (hello.length - 5);
    hello[5] = 1;
    hello[8] = (byte) (hello.length - 9);
    hello[9] = 3;
    hello[10] = 2;
    hello[45] = 2;
    hello[46] = (byte) 0xC0;
    hello[47] = 0x13;
    hello[48] = 1;
    return hello;
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }
}
