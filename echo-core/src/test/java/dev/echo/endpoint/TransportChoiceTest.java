package dev.echo.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportChoiceTest {
  private static final Endpoint TCP = TcpEndpoint.of("127.0.0.1", 0);
  private static final Endpoint UDP = UdpEndpoint.of("127.0.0.1", 0);
  private static final Endpoint UNIX = new UnixEndpoint(Path.of("/run/echo"));

  @Test
  @EnabledOnOs(OS.LINUX)
  void servesStreamsOverTheNetworkWithIoUringOrSaysWhyNot() {
    TransportChoice choice = TransportChoice.serving(List.of(TCP, TCP));

    String missing = TransportChoice.whyNoUring();
    assertThat(choice)
        .hasToString(
            missing == null
                ? "io_uring (the fastest for TCP)"
                : "epoll (no io_uring: " + missing + ")");
    assertThat(choice.transport().isAvailable()).isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void servesWithEpollWhatItIsBetterFor() {
    assertThat(TransportChoice.serving(List.of(TCP, UDP)))
        .hasToString("epoll (the fastest for UDP)");
    assertThat(TransportChoice.serving(List.of(UNIX, TCP)))
        .hasToString("epoll (Unix sockets half-close with it)");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fillsAPathWithManySmallMessagesAsAServerWouldServeIt() {
    Transport many = TransportChoice.serving(List.of(TCP)).transport();

    assertThat(TransportChoice.saturating(TCP, 32, 256).transport()).isEqualTo(many);
    assertThat(TransportChoice.saturating(TCP, 31, 256).transport()).isEqualTo(Transport.EPOLL);
    assertThat(TransportChoice.saturating(TCP, 32, 257).transport()).isEqualTo(Transport.EPOLL);
    assertThat(TransportChoice.saturating(UDP, 32, 256).transport()).isEqualTo(Transport.EPOLL);
    assertThat(TransportChoice.saturating(UNIX, 32, 256).transport()).isEqualTo(Transport.EPOLL);
  }

  @ParameterizedTest
  @CsvSource({
    "6.1.0-13-amd64, true",
    "6.18.44-fc-v595, true",
    "7.0, true",
    "6.1, true",
    "6.0.12, false",
    "5.15.0-1051-aws, false",
    "23.5.0, true",
    "six, false",
    "'', false",
    "6, false"
  })
  void comparesTheReleaseOfAKernel(String release, boolean since) {
    assertThat(TransportChoice.isSince(release, 6, 1)).isEqualTo(since);
  }

  @Test
  void whoCallsHasTheBestAndSaysWhy() {
    TransportChoice choice = TransportChoice.calling();

    assertThat(choice.transport()).isEqualTo(Transport.best());
    assertThat(choice)
        .hasToString(
            choice.transport() == Transport.EPOLL
                ? "epoll (hands over each message at once)"
                : choice.transport() + " (the fastest here)");
  }
}
