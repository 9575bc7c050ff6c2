package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.limit.Limits;
import dev.echo.testing.Bytes;
import dev.echo.testing.Peer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SlowReaderTest {
  static List<Transport> transports() {
    return Servers.transports();
  }

  /** The kernel takes nothing for longer than the limit: only it knows that the peer reads. */
  @ParameterizedTest
  @MethodSource("transports")
  @EnabledOnOs(OS.LINUX)
  void isLeftAloneHoweverSlow(Transport transport) throws Exception {
    Limits limits = Limits.builder().stallTimeout(Duration.ofMillis(500)).build();
    EchoServer server =
        Servers.start(
            EchoServer.builder()
                .transport(transport)
                .limits(limits)
                .listen(Endpoint.parse("tcp://127.0.0.1:0")));
    byte[] sent = new byte[8 << 20];
    new Random(8).nextBytes(sent);
    try (Peer peer = new Peer(Servers.port(server))) {
      var sending = peer.sendAndFinishBeside(sent);
      byte[] slow = new byte[0];
      for (int i = 0; i < 20; i++) {
        slow = Bytes.join(slow, peer.read(512));
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }

      assertThat(Arrays.mismatch(Bytes.join(slow, peer.readToEnd()), sent))
          .as("first difference")
          .isEqualTo(-1);
      sending.get(10, TimeUnit.SECONDS);
    } finally {
      Servers.close(server);
    }
  }
}
