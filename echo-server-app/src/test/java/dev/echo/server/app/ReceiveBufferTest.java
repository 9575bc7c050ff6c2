package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.limit.Limits;
import org.junit.jupiter.api.Test;

class ReceiveBufferTest {
  @Test
  void saysWhatTheSystemGivesInstead() {
    assertThat(ReceiveBuffer.shortage(256 << 10, 212_992))
        .contains(
            "receive buffer: 208 KiB instead of 256 KiB"
                + " (the system gives no more; on Linux raise net.core.rmem_max)");
  }

  @Test
  void saysNothingIfItGivesEnough() {
    assertThat(ReceiveBuffer.shortage(256 << 10, 256 << 10)).isEmpty();
    assertThat(ReceiveBuffer.shortage(4 << 10, 256 << 10)).isEmpty();
    assertThat(ReceiveBuffer.shortage(4 << 10)).isEmpty();
    assertThat(ReceiveBuffer.shortage(Limits.SYSTEM_RECEIVE_BUFFER)).isEmpty();
  }
}
