package dev.echo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Transport;
import dev.echo.limit.OwnPorts;
import dev.echo.metrics.EchoCounters;
import dev.echo.metrics.Refusal;
import dev.echo.testing.Eventually;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class DestinationHandlerTest {
  private final EchoCounters counters = new EchoCounters();
  private EventLoopGroup group;

  @BeforeEach
  void start() {
    assumeTrue(Transport.EPOLL.isAvailable(), "needs epoll");
    group = new MultiThreadIoEventLoopGroup(1, Transport.EPOLL.ioHandlers());
  }

  @AfterEach
  void stop() {
    if (group != null) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private Channel listen(String host) {
    return new Bootstrap()
        .group(group)
        .channel(EpollDatagramChannel.class)
        .handler(
            new DatagramPipeline(null, ServerFront.NONE, EchoMode.STREAM, counters, new OwnPorts()))
        .bind(host, 0)
        .syncUninterruptibly()
        .channel();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false",
    "::1, false",
    "0.0.0.0, true",
    "::, true",
    "224.0.0.251, true",
  })
  void isToldOnlyWhereItCanBeAnother(String host, boolean isTold) {
    Channel listener = listen(host);

    Eventually.eventually(
        "left", () -> listener.pipeline().get(DatagramPipeline.DESTINATION) == null);
    assertThat(listener.config().getOption(EpollChannelOption.IP_RECVORIGDSTADDR))
        .isEqualTo(isTold);
  }

  /** Seen red without the option: the broadcast is echoed. */
  @Test
  void aBroadcastToAllAddressesIsNotEchoed() throws IOException {
    int port = ((InetSocketAddress) listen("0.0.0.0").localAddress()).getPort();

    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      peer.setBroadcast(true);
      peer.setSoTimeout(300);
      send(peer, "127.255.255.255", port);
      Eventually.eventually("refused", () -> counters.snapshot().refused(Refusal.NOT_UNICAST) == 1);
      assertThatThrownBy(() -> receive(peer)).isInstanceOf(SocketTimeoutException.class);

      peer.setSoTimeout(5_000);
      send(peer, "127.0.0.1", port);
      assertThat(receive(peer)).isEqualTo(3);
    }
  }

  private static void send(DatagramSocket peer, String host, int port) throws IOException {
    peer.send(new DatagramPacket(new byte[3], 3, new InetSocketAddress(host, port)));
  }

  private static int receive(DatagramSocket peer) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[10], 10);
    peer.receive(packet);
    return packet.getLength();
  }
}
