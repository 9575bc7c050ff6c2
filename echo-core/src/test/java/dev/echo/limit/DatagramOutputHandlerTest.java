package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.metrics.EchoCounters;
import dev.echo.metrics.Refusal;
import dev.echo.testing.LeakExtension;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakExtension.class)
class DatagramOutputHandlerTest {
  @Test
  void dropsAndCountsWhatWouldHaveToWaitForTheSocket() {
    EchoCounters counters = new EchoCounters();
    EmbeddedChannel channel =
        new EmbeddedChannel(new DatagramOutputHandler(new DatagramRefusals(counters)));
    InetSocketAddress target = new InetSocketAddress("192.0.2.2", 5555);

    for (int i = 0; i < DatagramOutputHandler.MAX_PENDING + 5; i++) {
      channel.write(new DatagramPacket(Unpooled.buffer().writeByte(i), target));
    }
    assertThat(counters.snapshot().refused(Refusal.NOT_TAKEN)).isEqualTo(5);
    channel.flush();
    channel.writeOutbound(new DatagramPacket(Unpooled.buffer().writeByte(99), target));

    assertThat(channel.outboundMessages()).hasSize(DatagramOutputHandler.MAX_PENDING + 1);
    channel.releaseOutbound();
    assertThat(channel.finish()).isFalse();
  }
}
