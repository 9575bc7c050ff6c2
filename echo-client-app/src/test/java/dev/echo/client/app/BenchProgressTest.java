package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.load.Amount;
import dev.echo.load.DatagramEvents;
import dev.echo.load.Interval;
import dev.echo.load.LoadPlan;
import dev.echo.load.Pace;
import dev.echo.load.SampleResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BenchProgressTest {
  private static final LoadPlan PLAN = SampleResult.plan();

  @Test
  void showsShareTimeLeftAndTheLastSlice() {
    Interval last = slice(DatagramEvents.NONE);

    assertThat(BenchProgress.line(PLAN, Duration.ofSeconds(6), 40_000, last, 3, ""))
        .isEqualTo("[#######-------]  50% 6 s left    20,000/s  p50 113 µs  p99 113 µs  wrong 3")
        .hasSizeLessThan(80);
    assertThat(BenchProgress.line(PLAN, Duration.ofSeconds(6), 40_000, last, 3, "  lost 1,234"))
        .isEqualTo("[#-]  50% 6 s left    20,000/s  p50 113 µs  p99 113 µs  wrong 3  lost 1,234")
        .hasSizeLessThan(80);
  }

  @Test
  void saysWhatItIsDoing() {
    LoadPlan counted = PLAN.toBuilder().amount(new Amount.Messages(5_000)).build();
    LoadPlan closed = counted.toBuilder().pace(Pace.MAX).build();

    assertThat(line(PLAN, 1, 0)).startsWith("[#-------------]   8% warm-up");
    assertThat(line(PLAN, 13, 10_000)).startsWith("[##############] 100% last echoes");
    assertThat(line(counted, 4.5, 0)).contains(" 64% 2.5 s left");
    assertThat(line(closed, 3, 1_000)).contains(" 42% 4 s left");
    assertThat(line(closed, 2.5, 0)).contains("   0%  ");
  }

  @Test
  void countsWhatHappenedToDatagramsSoFar() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Screen pipe = new Screen(err, Destination.PIPE);
    try (BenchProgress progress = new BenchProgress(PLAN, pipe, Verbosity.NORMAL)) {
      progress.interval(slice(DatagramEvents.NONE));
      progress.interval(slice(new DatagramEvents(3, 0, 0, 2)));
      progress.interval(slice(new DatagramEvents(0, 1, 0, 1_000)));
    }

    String figures = "     5.5s   20,000/s  p50 113 µs  p99 113 µs  wrong 0";
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            figures,
            figures + "  lost 3  reordered 2",
            figures + "  lost 2  late 1  reordered 1,002");
  }

  private static Interval slice(DatagramEvents datagrams) {
    return new Interval(
        Duration.ofSeconds(5),
        Duration.ofMillis(500),
        false,
        10_000,
        10_000,
        10_000,
        0,
        0,
        0,
        datagrams,
        SampleResult.distribution(10_000, Duration.ofNanos(113_000)),
        SampleResult.distribution(10_000, Duration.ofNanos(100_000)),
        Duration.ZERO);
  }

  private static String line(LoadPlan plan, double seconds, long sent) {
    return BenchProgress.line(plan, Duration.ofMillis((long) (seconds * 1000)), sent, null, 0, "");
  }
}
