package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.JarProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ServerLimitIT {
  private static final Pattern LIMIT = Pattern.compile("up to ([0-9,]+) connections");

  private static JarProcess.Builder descriptors(int count) {
    return JarProcess.of(ServerJar.PATH).through("prlimit", "--nofile=" + count + ":" + count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nio", "epoll", "io_uring"})
  void servesUpToItsLimitClosesTheRestAndRecovers(String transport) throws Exception {
    Deque<Socket> served = new ArrayDeque<>();
    try (JarProcess server = ServerJar.start(descriptors(256), "--transport", transport)) {
      int port = server.awaitPort();
      int limit = limit(server);
      assertThat(limit).isBetween(100, 256);

      for (int i = 0; i < limit; i++) {
        served.add(ServerJar.connect(port));
        assertThat(ServerJar.echo(served.getLast(), "x")).as("connection %d", i).isEqualTo("x");
      }
      for (int i = 0; i < 300; i++) {
        try (Socket refused = ServerJar.connect(port)) {
          assertThat(refused.getInputStream().read()).as("refused %d", i).isEqualTo(-1);
        }
      }
      for (Socket socket : served) {
        assertThat(ServerJar.echo(socket, "y")).isEqualTo("y");
      }
      for (int i = 0; i < 10; i++) {
        served.removeFirst().close();
      }
      assertThat(echoesWithin10Seconds(port)).isTrue();

      while (!served.isEmpty()) {
        served.removeFirst().close();
      }
      server.signal("TERM");
      assertThat(server.exitStatus()).isZero();
      assertThat(server.err())
          .contains("too many connections")
          .doesNotContain("Too many open files")
          .doesNotContain("cannot accept")
          .doesNotContain("LEAK");
    } finally {
      for (Socket socket : served) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nio", "epoll", "io_uring"})
  void servesOnAfterACrowd(String transport) throws Exception {
    try (JarProcess server = ServerJar.start(descriptors(80), "--transport", transport)) {
      int port = server.awaitPort();
      for (int round = 0; round < 5; round++) {
        List<SocketChannel> crowd = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          SocketChannel each = SocketChannel.open();
          each.configureBlocking(false);
          each.connect(new InetSocketAddress("127.0.0.1", port));
          crowd.add(each);
        }
        for (SocketChannel each : crowd) {
          each.close();
        }
        assertThat(echoesWithin10Seconds(port)).isTrue();
      }

      server.signal("TERM");
      assertThat(server.exitStatus()).isZero();
      assertThat(server.err())
          .contains("too many connections")
          .doesNotContain("Too many open files")
          .doesNotContain("cannot accept");
    }
  }

  private static int limit(JarProcess server) {
    server.awaitErr(" connections (");
    Matcher line = LIMIT.matcher(server.err());
    assertThat(line.find()).isTrue();
    return Integer.parseInt(line.group(1).replace(",", ""));
  }

  /** The server may still be closing the ones before. */
  private static boolean echoesWithin10Seconds(int port) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() - deadline < 0) {
      try {
        if (ServerJar.echo(port, "again").equals("again")) {
          return true;
        }
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
    return false;
  }

  @Test
  void refusesToStartWithTooFewDescriptors() {
    try (JarProcess server = ServerJar.start(descriptors(45))) {
      int status = server.exitStatus();

      assertThat(status).isEqualTo(2);
      assertThat(server.out()).isEmpty();
      assertThat(server.err())
          .startsWith("echo-server: ")
          .contains("too few file descriptors: (45 - ")
          .satisfies(err -> assertThat(err.lines()).hasSize(1));
    }
  }
}
