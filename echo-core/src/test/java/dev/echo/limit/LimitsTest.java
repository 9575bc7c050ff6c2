package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void keepsTheDefaultsThatAreNotSet() {
    Limits limits = Limits.builder().maxConnections(7).build();

    assertThat(limits.maxConnections()).isEqualTo(7);
    assertThat(limits.idleTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(limits).isNotEqualTo(Limits.DEFAULT);
    assertThat(Limits.builder().build()).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void namesWhatCameAndWhatIsAllowed() {
    assertThatThrownBy(() -> Limits.builder().maxConnections(-1).build())
        .hasMessage("maxConnections: -1 (expected: > 0)");
    assertThatThrownBy(() -> Limits.builder().ceilingBytes(1).build())
        .hasMessage("ceilingBytes: 1 (expected: >= 16384)");
    assertThatThrownBy(() -> Limits.builder().stallTimeout(Duration.ofSeconds(-1)).build())
        .hasMessageContaining("stallTimeout");
  }

  @Test
  void staysUnderTheCeilingWithAReadAcrossTheMarkAndOneUnderWay() {
    for (int ceiling = 16 * 1024; ceiling < 1 << 20; ceiling += 999) {
      Limits limits = Limits.builder().ceilingBytes(ceiling).build();

      assertThat(limits.highWaterMarkBytes() + 2 * limits.readBytes()).isLessThanOrEqualTo(ceiling);
      assertThat(limits.highWaterMarkBytes()).isGreaterThanOrEqualTo(2 * limits.readBytes() - 1);
      assertThat(limits.lowWaterMarkBytes()).isLessThan(limits.highWaterMarkBytes());
    }
  }
}
