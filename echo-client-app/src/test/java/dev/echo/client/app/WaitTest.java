package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.echo.client.app.ServingPeer.Service;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.tls.ServerTls;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server is there with the first byte that comes back; a proxy accepts before that. */
@Timeout(60)
class WaitTest {
  /** The connections behind which there is no server yet, in the order in which they come. */
  private static final int EARLY = 3;

  private static final String UNAVAILABLE =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  @ParameterizedTest
  @CsvSource({
    "tcp, finish, -m one -m two",
    "tcp, read, -m one -m two",
    "tcp, reset, -m one -m two",
    "tcp, read, --mode stream -m one --empty -m two",
    "tcp, reset, --random 300000",
    "tcp, read, -f - -m end",
    "tcp, reset, -f - --lines",
    "tcp, read, -c 2 -f - --lines",
    "tls, finish, -m one --insecure",
    "tls, reset, -m one --insecure",
    "ws, finish, -m one",
    "ws, unavailable, -f - --lines",
    "wss, finish, -m one --insecure"
  })
  void waitsBehindAProxyForTheFirstByte(String scheme, String early, String words)
      throws Exception {
    try (Backend backend = new Backend(scheme);
        ServingPeer proxy =
            ServingPeer.together(
                (number, socket) -> {
                  if (number <= EARLY) {
                    service(early).serve(number, socket);
                  } else {
                    ServingPeer.relay(socket, backend.port());
                  }
                })) {
      Ran ran =
          Ran.with(
              "first\nsecond\n",
              (scheme + "://127.0.0.1:" + proxy.port() + " --wait 50s --json " + words).split(" "));

      assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
      List<JsonObject> objects = ran.json();
      JsonObject summary = objects.get(objects.size() - 1).getAsJsonObject("summary");
      assertThat(summary.get("echoed")).isEqualTo(summary.get("asked"));
      assertThat(summary.get("sent")).isEqualTo(summary.get("asked"));
      assertThat(summary.getAsJsonArray("errors")).isEmpty();
      assertThat(objects).hasSize(summary.get("asked").getAsInt() + 1);
    }
  }

  @Test
  void losesNothingOfAnInputThatCannotBeReadTwice() {
    String input = "0123456789abcde\n".repeat(30_000);
    try (ServingPeer peer =
        ServingPeer.together(
            (number, socket) -> {
              if (number <= EARLY) {
                socket.getInputStream().readNBytes(20_000 * number);
                ServingPeer.reset(socket);
              } else {
                ServingPeer.echo(socket);
              }
            })) {
      Ran ran = Ran.with(input, peer.target(), "--wait", "50s", "-f", "-");

      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.out()).isEqualTo(input);
    }
  }

  @Test
  void doesNotTryAgainOnceAByteHasComeBack() {
    try (ServingPeer peer =
        ServingPeer.together(
            (number, socket) -> {
              if (number == 1) {
                ServingPeer.echo(socket, 8 + 8 + 32 + 1);
              } else {
                ServingPeer.echo(socket);
              }
            })) {
      Ran ran = Ran.of(peer.target(), "--wait", "50s", "-m", "hello");

      assertThat(ran.status()).as(ran.err()).isEqualTo(4);
      assertThat(ran.err()).contains("0 of 1 came back (1 of 5 bytes): incomplete");
    }
  }

  @Test
  void saysWhatHappenedLastWhenTheTimeIsOver() {
    try (ServingPeer peer = ServingPeer.together((number, socket) -> {})) {
      Ran ran = Ran.of(peer.target(), "--wait", "500ms");

      assertThat(ran.status()).as(ran.err()).isEqualTo(4);
      assertThat(ran.err())
          .startsWith("waiting up to 500 ms for tcp://")
          .contains("0 of 1 came back: incomplete");
    }
  }

  private static Service service(String early) {
    return switch (early) {
      case "finish" -> (number, socket) -> {};
      case "read" -> (number, socket) -> socket.getInputStream().readNBytes(20);
      case "reset" -> (number, socket) -> ServingPeer.reset(socket);
      case "unavailable" -> (number, socket) -> unavailable(socket);
      default -> throw new IllegalArgumentException(early);
    };
  }

  private static void unavailable(Socket socket) throws IOException {
    byte[] buffer = new byte[4096];
    int unused = socket.getInputStream().read(buffer);
    socket.getOutputStream().write(UNAVAILABLE.getBytes(StandardCharsets.US_ASCII));
  }

  /** The server that is there in the end. */
  private static final class Backend implements AutoCloseable {
    private final EchoServer server;

    Backend(String scheme) {
      boolean secure = scheme.equals("tls") || scheme.equals("wss");
      ServerFront front =
          secure ? ServerFront.NONE.tls(ServerTls.selfSigned().build()) : ServerFront.NONE;
      server =
          EchoServer.builder()
              .front(front)
              .listen(Endpoint.parse(scheme + "://127.0.0.1:0"))
              .start()
              .toCompletableFuture()
              .join();
    }

    int port() {
      return ((NetworkEndpoint) server.endpoints().get(0)).port();
    }

    @Override
    public void close() {
      server.close().toCompletableFuture().join();
    }
  }
}
