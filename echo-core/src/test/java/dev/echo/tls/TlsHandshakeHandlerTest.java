package dev.echo.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.FrozenTime;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsHandshakeHandlerTest {
  private final List<String> failures = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void connect() {
    channel.freezeTime();
    SslHandler tls = ServerTls.selfSigned().build().handler(UnpooledByteBufAllocator.DEFAULT);
    channel
        .pipeline()
        .addLast(
            tls,
            new TlsHandshakeHandler(
                tls, TlsSide.SERVER, (from, failure) -> failures.add(failure.getMessage())));
    channel.pipeline().fireChannelActive();
  }

  @AfterEach
  void close() {
    channel.releaseOutbound();
    channel.close();
  }

  @Test
  void endsAHandshakeThatDoesNotComeInTime() {
    FrozenTime.pass(channel, 9_900);
    assertThat(channel.isOpen()).isTrue();

    FrozenTime.pass(channel, 100);

    assertThat(failures).containsExactly("the client did not finish the TLS handshake within 10 s");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void countsNoTimeInWhichTheProcessIsStopped() {
    FrozenTime.stop(channel, 60_000);
    FrozenTime.pass(channel, 8_000);

    assertThat(failures).isEmpty();
    assertThat(channel.isOpen()).isTrue();
  }
}
