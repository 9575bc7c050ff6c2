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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // sent, echoed, unsent, held, payload, wire, stamps, sent in time
        "11 | 8 | 0 |  0 |  64 | 104 | 0 | 8  | sent: 11 (expected: at most due, 10)",
        " 7 | 8 | 0 |  0 |  64 | 104 | 0 | 7  | echoed and wrong: 8 (expected: at most sent, 7)",
        " 9 | 8 | 2 |  0 |  64 | 104 | 0 | 9  | unsent: 2 (expected: at most due less sent, 1)",
        " 9 | 8 | 0 | 11 |  64 | 104 | 0 | 9  | heldByConnection: 11 (expected: at most due, 10)",
        " 9 | 8 | 0 |  0 | 105 | 104 | 0 | 9  | payloadBytes: 105 (expected: at most wireBytes, 104)",
        " 9 | 8 | 0 |  0 |  64 | 104 | 9 | 9  | unusableStamps: 9 (expected: at most echoed, 8)",
        " 9 | 8 | 0 |  0 |  64 | 104 | 0 | 10 | sentInTime: 10 (expected: at most sent, 9)",
        " 9 | 8 | 0 | -1 |  64 | 104 | 0 | 9  | heldByConnection: -1 (expected: >= 0)",
        " 9 | 8 | 0 |  0 |  -1 | 104 | 0 | 9  | payloadBytes: -1 (expected: >= 0)",
      })
  void refusesCountsThatContradictEachOther(
      long sent,
      long echoed,
      long unsent,
      long held,
      long payload,
      long wire,
      long stamps,
      long inTime,
      String message) {
    Throughput throughput = new Throughput(inTime, 0, 0, 0);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LoadCounts(
                    10,
                    sent,
                    echoed,
                    10 - echoed,
                    0,
                    0,
                    unsent,
                    0,
                    0,
                    held,
                    payload,
                    wire,
                    stamps,
                    throughput))
        .withMessageContaining(message);
  }

  @Test
  void refusesConnectionsThatWereErrorFreeOrLostAndNeverMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionCounts(4, 3, 1, 0, 4, 0))
        .withMessage("errorFree: 4 (expected: at most made, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionCounts(4, 5, 0, 0, 5, 0))
        .withMessage("errorFree: 5 (expected: at most asked, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionCounts(4, 4, 0, 5, 0, 0))
        .withMessage("lost: 5 (expected: at most made, 4)");
  }

  @Test
  void addsEachCount() {
    LoadCounts one =
        new LoadCounts(10, 9, 6, 3, 1, 7, 1, 2, 3, 4, 500, 600, 5, new Throughput(8, 5, 400, 480));

    assertThat(one.plus(one))
        .isEqualTo(
            new LoadCounts(
                20,
                18,
                12,
                6,
                2,
                14,
                2,
                4,
                6,
                8,
                1000,
                1200,
                10,
                new Throughput(16, 10, 800, 960)));
    assertThat(one.plus(LoadCounts.ZERO)).isEqualTo(one);
  }

  @Test
  void refusesAResultWithoutAnAgeForEachMissingMessage() {
    SampleResult sample = SampleResult.of().missing(3, Duration.ofSeconds(10));

    assertThat(sample.build().missingAges().count()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.missingAges(2, Duration.ofSeconds(10)).build())
        .withMessage("missingAges.count: 2 (expected: the same as counts.missing, 3)");
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
