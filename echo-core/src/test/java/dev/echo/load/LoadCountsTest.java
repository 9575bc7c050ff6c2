package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadCountsTest {
  @ParameterizedTest
  @CsvSource({"10, 8, 1, 0", "10, 8, 2, 1", "0, 0, 0, 1", "10, 12, -2, 0"})
  void refusesCountsThatDoNotAddUp(long due, long echoed, long missing, long wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoadCounts(due, due, echoed, missing, wrong, 0, 0, 0, 0, 0))
        .withMessageContaining("expected: ");
  }

  @Test
  void refusesMoreUnsentThanMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoadCounts(10, 5, 8, 2, 0, 3, 0, 0, 0, 0, 0, 0, Throughput.ZERO))
        .withMessage("unsent: 3 (expected: at most the 2 missing ones)");
  }

  @Test
  void addsEachCount() {
    LoadCounts one =
        new LoadCounts(10, 9, 6, 3, 1, 1, 2, 3, 4, 500, 600, 5, new Throughput(8, 5, 400, 480));

    assertThat(one.plus(one))
        .isEqualTo(
            new LoadCounts(
                20, 18, 12, 6, 2, 2, 4, 6, 8, 1000, 1200, 10, new Throughput(16, 10, 800, 960)));
    assertThat(one.plus(LoadCounts.ZERO)).isEqualTo(one);
  }

  @Test
  void refusesAResultWithoutAnAgeForEachMissingMessage() {
    SampleResult sample = SampleResult.of().missing(3, Duration.ofSeconds(10));

    assertThat(sample.build().missingAges().count()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.missingAges(2, Duration.ofSeconds(10)).build())
        .withMessage("missing ages: 2 (expected: one for each of 3 missing messages)");
  }

  @Test
  void takesRatesFromWhatCameInTimeOnly() {
    LoadResult result = SampleResult.of().sentShare(0.2).build();

    assertThat(result.counts().echoed()).isEqualTo(10_000);
    assertThat(result.rate()).isEqualTo(200);
    assertThat(result.perSecond(result.counts().throughput().payloadBytes())).isEqualTo(200 * 64);
  }

  /** Eleven are due in 1.37 s at 7.3 a second, the last one 0.1 ms before the end. */
  @ParameterizedTest
  @CsvSource({"7.3, 1370, 11", "0.7, 1500, 2", "1.2, 1000, 2", "73, 10000, 730", "0.1, 3000, 1"})
  void hasNoRateAboveTheOneAskedFor(double rate, long millis, long due) {
    LoadCounts counts = new LoadCounts(due, due, due, 0, 0, 0, 0, 0, 64 * due, 104 * due);
    LoadResult result =
        SampleResult.at(rate).counts(counts).measured(Duration.ofMillis(millis)).build();

    assertThat(result.rate()).isEqualTo(rate);
    assertThat(result.perSecond(64 * due)).isEqualTo(64 * rate);
  }
}
