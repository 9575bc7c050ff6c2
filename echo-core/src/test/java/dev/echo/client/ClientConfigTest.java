package dev.echo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientConfigTest {
  @Test
  void beginsWithTheDefaultsOfTheDesign() {
    ClientConfig config = ClientConfig.builder().build();

    assertThat(config).isEqualTo(ClientConfig.DEFAULT);
    assertThat(config.mode()).isEqualTo(ClientMode.FRAMES);
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.stamps()).isEqualTo(Stamps.OFF);
    assertThat(config.windowBytes()).isEqualTo(64 << 10);
    assertThat(config.prefaceData()).isEqualTo(PrefaceData.REFUSE);
  }

  @Test
  void namesWhatIsOutOfRange() {
    ClientConfig.Builder builder = ClientConfig.builder();

    assertThatThrownBy(() -> builder.windowBytes(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("windowBytes: 0 (expected: > 0)");
    assertThatThrownBy(() -> ClientConfig.builder().timeout(Duration.ZERO).build())
        .hasMessage("timeout: PT0S (expected: > 0)");
    assertThatThrownBy(() -> ClientConfig.builder().connectTimeout(Duration.ofMillis(-1)).build())
        .hasMessage("connectTimeout: PT-0.001S (expected: > 0)");
    assertThatThrownBy(() -> ClientConfig.builder().connectTimeout(Duration.ofDays(30)).build())
        .hasMessage("connectTimeout: PT720H (expected: at most PT596H31M23.647S)");
    assertThatThrownBy(() -> ClientConfig.builder().grace(Duration.ofMillis(-1)).build())
        .hasMessage("grace: PT-0.001S (expected: >= 0)");
  }
}
