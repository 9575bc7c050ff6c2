package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.caller.Caller;
import dev.echo.caller.Networks;
import dev.echo.caller.ProxyPolicy;
import dev.echo.caller.ProxyPolicy.Mode;
import dev.echo.caller.ProxyPolicy.UnixPeers;
import dev.echo.metrics.EchoObserver;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Eventually;
import dev.echo.testing.PeerProgram;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a real proxy the server believes in the client's address. */
@Timeout(60)
class HaproxyTest {
  private static final String CONFIG =
      """
      defaults
        mode tcp
        timeout connect 5s
        timeout client 30s
        timeout server 30s
      listen echo
        bind 127.0.0.1:%d
        server s 127.0.0.1:%d %s
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"send-proxy", "send-proxy-v2", "send-proxy-v2 proxy-v2-options crc32c,unique-id"})
  void believesInTheClientsAddress(String option) throws Exception {
    BlockingQueue<String> callers = new LinkedBlockingQueue<>();
    EchoObserver observer =
        new EchoObserver() {
          @Override
          public void accepted(Channel connection) {
            callers.add(Caller.of(connection).toString());
          }
        };
    ProxyPolicy policy =
        new ProxyPolicy(Mode.REQUIRED, Networks.of(List.of("127.0.0.1")), UnixPeers.UNTRUSTED);
    EchoServer server =
        Servers.start(
            EchoServer.builder()
                .listen(Servers.ANYWHERE)
                .observer(observer)
                .front(ServerFront.NONE.proxy(policy)));
    int port = freePort();
    Process haproxy = start(port, Servers.port(server), option);
    try (Socket client = connect(port)) {
      client.getOutputStream().write("Hello".getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();

      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("Hello");
      assertThat(callers.poll(10, TimeUnit.SECONDS))
          .isEqualTo("127.0.0.9:" + client.getLocalPort() + ", proxied");
    } finally {
      haproxy.destroy();
      haproxy.waitFor(10, TimeUnit.SECONDS);
      Servers.close(server);
    }
  }

  private Process start(int port, int target, String option) throws IOException {
    Path config = directory.resolve("haproxy.cfg");
    Files.writeString(config, CONFIG.formatted(port, target, option));
    return PeerProgram.HAPROXY
        .command("-db", "-f", config.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("haproxy.log").toFile())
        .start();
  }

  /** From an address of its own, so that it cannot be taken for the proxy's. */
  private static Socket connect(int port) throws IOException {
    Socket[] connected = new Socket[1];
    Eventually.eventually(
        "haproxy listens",
        () -> {
          Socket socket = new Socket();
          try {
            socket.bind(new InetSocketAddress("127.0.0.9", 0));
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            connected[0] = socket;
            return true;
          } catch (IOException e) {
            return false;
          }
        });
    return connected[0];
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
