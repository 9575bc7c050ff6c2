package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.echo.caller.Networks;
import dev.echo.caller.ProxyPolicy;
import dev.echo.caller.ProxyPolicy.Mode;
import dev.echo.caller.ProxyPolicy.UnixPeers;
import dev.echo.caller.ProxyVersion;
import dev.echo.client.Peer;
import dev.echo.client.UnreachableException;
import dev.echo.client.Whoami;
import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TlsEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.endpoint.WebSocketEndpoint.Security;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Certificates;
import dev.echo.tls.ClientTls;
import dev.echo.tls.ServerTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class WhoamiTest {
  @TempDir Path directory;

  static List<Transport> transports() {
    return Servers.transports();
  }

  private static Whoami ask(Transport transport, Endpoint endpoint, ClientFront front)
      throws Exception {
    var group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    try {
      Bootstrap bootstrap = new Bootstrap().group(group).channel(transport.channelType(endpoint));
      Duration limit = Duration.ofSeconds(5);
      return Whoami.ask(bootstrap, endpoint, front, limit, limit)
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void showsWhatTheServerSees(Transport transport) throws Exception {
    ProxyPolicy policy =
        new ProxyPolicy(Mode.REQUIRED, Networks.of(List.of("127.0.0.1")), UnixPeers.UNTRUSTED);
    EchoServer server =
        Servers.start(
            EchoServer.builder()
                .transport(transport)
                .listen(Servers.ANYWHERE)
                .front(ServerFront.NONE.proxy(policy)));
    try {
      ClientFront front = ClientFront.NONE.sendProxy(ProxyVersion.V2);
      Whoami whoami = ask(transport, server.endpoints().get(0), front);
      JsonObject said = JsonParser.parseString(whoami.json()).getAsJsonObject();

      assertThat(whoami.peer()).isEqualTo(Peer.AWARE);
      assertThat(said.get("endpoint").getAsString()).isEqualTo("tcp");
      assertThat(said.get("transport").getAsString()).isEqualTo(transport.toString());
      assertThat(said.get("proxied")).isEqualTo(said.get("peer"));
      assertThat(said.get("tls").isJsonNull()).isTrue();
      assertThat(said.getAsJsonObject("limits").get("idleTimeoutMillis").getAsLong())
          .isEqualTo(600_000);
    } finally {
      Servers.close(server);
    }
  }

  @ParameterizedTest
  @EnumSource(Security.class)
  void answersOverWebSocketBehindAProxy(Security security) throws Exception {
    ProxyPolicy policy =
        new ProxyPolicy(Mode.REQUIRED, Networks.of(List.of("127.0.0.1")), UnixPeers.UNTRUSTED);
    EchoServer server =
        Servers.start(
            EchoServer.builder()
                .listen(WebSocketEndpoint.of("127.0.0.1", 0, "/echo", security))
                .front(ServerFront.NONE.proxy(policy).tls(ServerTls.selfSigned().build())));
    try {
      ClientFront front =
          ClientFront.NONE.sendProxy(ProxyVersion.V1).tls(ClientTls.builder().insecure().build());
      Whoami whoami = ask(Transport.best(), server.endpoints().get(0), front);
      JsonObject said = JsonParser.parseString(whoami.json()).getAsJsonObject();

      assertThat(whoami.peer()).isEqualTo(Peer.AWARE);
      assertThat(said.get("endpoint").getAsString())
          .isEqualTo(security == Security.TLS ? "wss" : "ws");
      assertThat(said.get("proxied")).isEqualTo(said.get("peer"));
      assertThat(said.get("tls").isJsonNull()).isEqualTo(security == Security.NONE);
    } finally {
      Servers.close(server);
    }
  }

  @Test
  void showsTheCertificateOfTheClient() throws Exception {
    Certificates certificates = Certificates.in(directory, "issuer");
    certificates.make("server", "issuer", "DNS:localhost,IP:127.0.0.1");
    certificates.make("someone", "issuer", "DNS:someone");
    Path issuer = certificates.file("issuer.crt");
    ServerTls served =
        ServerTls.files(certificates.file("server.crt"), certificates.file("server.key"))
            .clientCa(issuer)
            .build();
    EchoServer server =
        Servers.start(
            EchoServer.builder()
                .listen(TlsEndpoint.of("127.0.0.1", 0))
                .front(ServerFront.NONE.tls(served)));
    try {
      ClientTls tls =
          ClientTls.builder()
              .ca(issuer)
              .certificate(certificates.file("someone.crt"), certificates.file("someone.key"))
              .build();
      TlsEndpoint asked = ((TlsEndpoint) server.endpoints().get(0));
      Whoami whoami =
          ask(
              Transport.best(),
              TlsEndpoint.of("localhost", asked.port()),
              ClientFront.NONE.tls(tls));
      JsonObject said =
          JsonParser.parseString(whoami.json()).getAsJsonObject().getAsJsonObject("tls");

      assertThat(said.get("version").getAsString()).isEqualTo("TLSv1.3");
      assertThat(said.get("serverName").getAsString()).isEqualTo("localhost");
      assertThat(said.get("clientSubject").getAsString()).isEqualTo("CN=someone");
      assertThat(whoami.handshakeTime()).isPositive();
      ClientFront nobody = ClientFront.NONE.tls(ClientTls.builder().ca(issuer).build());
      assertThatThrownBy(() -> ask(Transport.best(), asked, nobody))
          .hasCauseInstanceOf(UnreachableException.class)
          .hasMessageContaining("the server wants a certificate of the client");
    } finally {
      Servers.close(server);
    }
  }

  @Test
  void showsThatAUnixPeerHasNoAddress() throws Exception {
    UnixEndpoint endpoint = new UnixEndpoint(directory.resolve("echo.sock"));
    EchoServer server = Servers.start(EchoServer.builder().listen(endpoint));
    try {
      Whoami whoami = ask(Transport.best(), endpoint, ClientFront.NONE);

      assertThat(whoami.json()).contains("\"endpoint\":\"unix\"").contains("\"peer\":null");
    } finally {
      Servers.close(server);
    }
  }

  @Test
  void knowsAPlainEcho() throws Exception {
    EchoServer server =
        Servers.start(EchoServer.builder().listen(Servers.ANYWHERE).mode(EchoMode.STREAM));
    try {
      Whoami whoami = ask(Transport.best(), server.endpoints().get(0), ClientFront.NONE);

      assertThat(whoami.peer()).isEqualTo(Peer.PLAIN);
      assertThat(whoami.json()).isEmpty();
    } finally {
      Servers.close(server);
    }
  }

  @Test
  void failsWhereNobodyListens() throws Exception {
    EchoServer server = Servers.start(EchoServer.builder().listen(Servers.ANYWHERE));
    Endpoint endpoint = server.endpoints().get(0);
    Servers.close(server);

    assertThatThrownBy(() -> ask(Transport.best(), endpoint, ClientFront.NONE))
        .hasCauseInstanceOf(UnreachableException.class);
  }
}
