package dev.echo.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ObserverHandlerTest {
  @Test
  void countsWhatPassesAndPassesItOn() {
    EchoCounters counters = new EchoCounters();
    EmbeddedChannel channel = new EmbeddedChannel(new ObserverHandler(counters));
    ByteBuf in = Unpooled.wrappedBuffer(new byte[5]);
    ByteBuf out = Unpooled.wrappedBuffer(new byte[7]);

    channel.writeInbound(in);
    channel.writeOutbound(out);

    assertThat(channel.<ByteBuf>readInbound()).isSameAs(in);
    assertThat(channel.<ByteBuf>readOutbound()).isSameAs(out);
    EchoSnapshot seen = counters.snapshot();
    assertThat(seen.accepted()).isEqualTo(1);
    assertThat(seen.open()).isEqualTo(1);
    assertThat(seen.bytesReceived()).isEqualTo(5);
    assertThat(seen.bytesEchoed()).isZero();
    assertThat(channel.finish()).isFalse();
    assertThat(counters.snapshot().open()).isZero();
    in.release();
    out.release();
  }

  @Test
  void countsRefusalsEndsAndFailures() {
    EchoCounters counters = new EchoCounters();
    EmbeddedChannel channel = new EmbeddedChannel();

    counters.refused(null, Refusal.DRAINING);
    counters.ended(channel, "idle");
    counters.failed(channel, new Exception("x"));

    EchoSnapshot seen = counters.snapshot();
    assertThat(seen.refused()).isEqualTo(1);
    assertThat(seen.refused(Refusal.DRAINING)).isEqualTo(1);
    assertThat(seen.ended()).isEqualTo(1);
    assertThat(seen.failed()).isEqualTo(1);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void letsOneWarningASecondThrough() {
    OncePerSecond pace = new OncePerSecond();

    assertThat(pace.pass()).isTrue();
    assertThat(pace.pass()).isFalse();
  }
}
