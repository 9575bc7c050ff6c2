package dev.echo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopbackEchoTest {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

  @Test
  void returnsWhatComesAndEndsItsConnections() throws IOException {
    LoopbackEcho echo = LoopbackEcho.start(Transport.best()).join();
    TcpEndpoint here = (TcpEndpoint) echo.endpoint();

    try (Socket socket = new Socket(here.host(), here.port())) {
      socket.getOutputStream().write(new byte[] {1, 2, 3});

      assertThat(socket.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
      assertThat(echo.stop()).succeedsWithin(LONG_ENOUGH);
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }
}
