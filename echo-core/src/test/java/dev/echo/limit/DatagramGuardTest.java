package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.caller.Networks;
import dev.echo.frame.Preface;
import dev.echo.metrics.EchoCounters;
import dev.echo.metrics.Refusal;
import dev.echo.testing.LeakExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakExtension.class)
class DatagramGuardTest {
  private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 7777);

  private final EchoCounters counters = new EchoCounters();
  private final OwnPorts ownPorts = new OwnPorts();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new DatagramGuard(AccessList.ALL, ownPorts, new DatagramRefusals(counters)));

  private void read(String source, int port, InetSocketAddress destination, ByteBuf content) {
    channel.writeInbound(
        new DatagramPacket(content, destination, new InetSocketAddress(source, port)));
  }

  private static ByteBuf hello() {
    return Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII);
  }

  private void assertDropped(Refusal why) {
    assertThat(channel.inboundMessages()).isEmpty();
    assertThat(counters.snapshot().refused(why)).isEqualTo(1);
    assertThat(counters.snapshot().refused()).isEqualTo(1);
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 9, 13, 17, 19, 37, 53, 123, 161, 1023, 2049})
  void dropsWhatComesFromThePortOfAService(int port) {
    read("192.0.2.2", port, HERE, hello());

    assertDropped(Refusal.SERVICE_PORT);
  }

  @Test
  void dropsWhatComesFromAnAddressThatMayNotUseTheServer() {
    AccessList access = new AccessList(Networks.NONE, Networks.of(List.of("192.0.2.0/24")));
    EmbeddedChannel guarded =
        new EmbeddedChannel(new DatagramGuard(access, ownPorts, new DatagramRefusals(counters)));

    guarded.writeInbound(
        new DatagramPacket(hello(), HERE, new InetSocketAddress("192.0.2.2", 5000)));
    guarded.writeInbound(
        new DatagramPacket(hello(), HERE, new InetSocketAddress("198.51.100.2", 5000)));

    assertThat(counters.snapshot().refused(Refusal.NOT_ALLOWED)).isEqualTo(1);
    DatagramPacket passed = guarded.readInbound();
    assertThat(passed.sender().getHostString()).isEqualTo("198.51.100.2");
    passed.release();
    assertThat(guarded.finish()).isFalse();
  }

  @Test
  void dropsWhatComesFromAPortOfTheServersOwnWhateverTheAddress() {
    ownPorts.add(7777);

    read("198.51.100.1", 7777, HERE, hello());

    assertDropped(Refusal.OWN_PORT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "ff02::1"})
  void dropsWhatComesFromNoSingleAddress(String source) {
    read(source, 5555, HERE, hello());

    assertDropped(Refusal.NOT_UNICAST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"224.0.0.1", "255.255.255.255", "127.255.255.255", "ff02::1"})
  void dropsWhatWentToMany(String destination) {
    read("192.0.2.2", 5555, new InetSocketAddress(destination, 7777), hello());

    assertDropped(Refusal.NOT_UNICAST);
  }

  @Test
  void dropsTheAnswerOfAnotherServer() {
    ByteBuf answer = Unpooled.buffer();
    Preface.writeAnswer(answer);

    read("192.0.2.2", 5555, HERE, answer);

    assertDropped(Refusal.ANSWER);
  }

  @Test
  void passesOnEverythingElse() {
    ByteBuf request = Unpooled.buffer();
    Preface.writeRequest(request);

    read("192.0.2.2", 1024, HERE, hello());
    read("192.0.2.2", 65_535, new InetSocketAddress("0.0.0.0", 7777), Unpooled.EMPTY_BUFFER);
    read("2001:db8::1", 5555, HERE, request);

    assertThat(channel.inboundMessages()).hasSize(3);
    assertThat(counters.snapshot().refused()).isZero();
    channel.releaseInbound();
    assertThat(channel.finish()).isFalse();
  }
}
