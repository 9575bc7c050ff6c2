package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.client.Stamps;
import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  @Test
  void readsSeveral() {
    List<Condition> conditions = Condition.parseAll("p99<5ms, missing=0,rate>=10k/s");

    assertThat(conditions)
        .extracting(Condition::text)
        .containsExactly("p99<5ms", "missing=0", "rate>=10k/s");
    assertThat(conditions).extracting(Condition::limit).containsExactly(5e6, 0.0, 10_000.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p50",
        "p99.9",
        "p99.999",
        "min",
        "mean",
        "max",
        "service.p99",
        "lag.p99",
        "own-lag.max",
        "residence.p50",
        "connect.p99",
        "handshake.mean",
        "pause.max",
        "missing",
        "wrong",
        "lost",
        "sent",
        "rate"
      })
  void knowsTheFiguresOfARun(String name) {
    assertThat(Metric.parse(name)).hasToString(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''           | '' is no condition (expected: such as p99<5ms, missing=0, rate>=10k",
        "p99          | 'p99' is no condition",
        "p99<<5ms     | 'p99<<5ms' is no condition",
        "p99<5        | 'p99<5': '5' has no unit (5s?)",
        "p99=5ms      | no measured value is exactly that (expected: < <= > >=)",
        "rate=10k     | no measured value is exactly that",
        "p999<5ms     | 'p999' is no percentile (expected: at most p100, as p99.9)",
        "p<5ms        | 'p' is no figure of a run (expected: p50, p99, p99.9, min, mean, max",
        "speed.p99<5s | 'speed.p99' is no figure of a run",
        "service.x<5s | 'service.x' is no figure of a run",
        "missing=5ms  | 'missing=5ms': '5ms' is no rate",
        "missing<5/s  | '5/s' is no count",
        "rate>fast    | 'rate>fast': 'fast' is no rate",
        "p99<5ms,     | '' is no condition",
      })
  void refusesOthersInOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> Condition.parseAll(text == null ? "" : text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "p99<5ms, HELD, 3 ms",
    "p99<3ms, FAILED, 3 ms",
    "p99<=1ms, FAILED, 3 ms",
    "p50>1ms, HELD, 3 ms",
    "min>=1ms, HELD, 3 ms",
    "mean<4ms, HELD, 3 ms",
    "max<4ms, HELD, 3 ms",
    "service.p99.9<1ms, HELD, 100 µs",
    "p99.99<5ms, NOT_CARRIED, 'only 10,000 values (p99.99 takes 100,000)'",
    "residence.p50<1ms, NOT_CARRIED, nothing was measured",
    "missing=0, HELD, 0",
    "wrong<1, HELD, 0",
    "lost=0, HELD, 0",
    "'sent>=10k', HELD, '10,000'",
    "rate>=1k, HELD, '1,000/s'",
    "rate>=1.1k, FAILED, '1,000/s'",
  })
  void comparesWithWhatWasMeasured(String text, Outcome outcome, String measured) {
    LoadResult result = SampleResult.of().time(Measure.RESPONSE, Duration.ofMillis(3)).build();

    assertThat(Condition.parse(text).check(result)).isEqualTo(new Check(text, measured, outcome));
  }

  @ParameterizedTest
  @CsvSource({
    "max<5s, FAILED",
    "max<60s, NOT_CARRIED",
    "max>5s, HELD",
    "max>60s, NOT_CARRIED",
    "p50<5s, HELD",
    "mean<1us, FAILED",
    "missing<=100, HELD"
  })
  void decidesAboutWhatNeverCameOnlyWhereItsAgeDoes(String text, Outcome outcome) {
    LoadResult result = SampleResult.of().missing(100, Duration.ofSeconds(10)).build();

    assertThat(Condition.parse(text).check(result).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    // 600 due, 40 sent, 10 echoed, 590 missing
    "missing<1%, FAILED, '98.33%'",
    "missing<=100%, HELD, '98.33%'",
    "wrong<1%, HELD, '0.000%'",
    // 1 of 4 connections
    "lost<50%, HELD, '25.00%'",
  })
  void takesPercentOfWhatWasDue(String text, Outcome outcome, String measured) {
    LoadCounts counts = new LoadCounts(600, 40, 10, 590, 0, 0, 0, 560, 0, 0);
    LoadResult result =
        SampleResult.of()
            .missing(590, Duration.ofSeconds(1))
            .counts(counts)
            .connections(new ConnectionCounts(4, 4, 0, 1, 3, 0))
            .build();

    assertThat(Condition.parse(text).check(result)).isEqualTo(new Check(text, measured, outcome));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing=0", "missing<1%", "lost=0", "lost<1%", "wrong=0", "wrong<1%"})
  void doesNotHoldThatNothingHappenedToNothing(String text) {
    LoadResult result =
        SampleResult.of()
            .counts(LoadCounts.ZERO)
            .connections(new ConnectionCounts(1, 0, 1, 0, 0, 0))
            .build();

    assertThat(Condition.parse(text).check(result))
        .isEqualTo(new Check(text, "no message was measured", Outcome.NOT_CARRIED));
  }

  @Test
  void countsWhatNeverCameIntoAPercentile() {
    LoadResult result = SampleResult.of().missing(200, Duration.ofSeconds(10)).build();

    Check check = Condition.parse("p99<1s").check(result);

    assertThat(check).isEqualTo(new Check("p99<1s", ">= 10 s", Outcome.FAILED));
  }

  /** So many messages, all of which took 20 ms. */
  @ParameterizedTest
  @CsvSource({
    "625, p99<5ms,  FAILED,      >= 20 ms",
    "625, p99>5ms,  HELD,        >= 20 ms",
    "625, p99<50ms, NOT_CARRIED, 'only 625 values (p99 takes 1,000)'",
    "10,  p99<5ms,  FAILED,      >= 20 ms",
    "9,   p99<5ms,  NOT_CARRIED, 'only 9 values (p99 takes 1,000)'",
    "10,  p1>5ms,   NOT_CARRIED, 'only 10 values (p1 takes 1,000)'",
  })
  void decidesWithFewMessagesWhatTheirLowerPercentilesDecide(
      long count, String text, Outcome outcome, String measured) {
    LoadResult result =
        SampleResult.of().times(Measure.RESPONSE, count, Duration.ofMillis(20)).build();

    assertThat(Condition.parse(text).check(result)).isEqualTo(new Check(text, measured, outcome));
  }

  @Test
  void refusesWhatAPlanCannotHave() {
    LoadPlan open = SampleResult.plan();
    LoadPlan closed = open.toBuilder().pace(Pace.MAX).build();
    LoadPlan bare = open.toBuilder().stamps(Stamps.OFF).build();

    assertThatThrownBy(() -> Metric.parse("p99").checkFor(closed))
        .hasMessageStartingWith("p99: a closed loop has no response time")
        .hasMessageContaining("service.p99");
    assertThatThrownBy(() -> Metric.parse("lag.max").checkFor(closed))
        .hasMessageContaining("no lag");
    assertThatThrownBy(() -> Metric.parse("residence.mean").checkFor(bare))
        .hasMessageContaining("no residence");
    assertThatCode(() -> Metric.parse("service.p99").checkFor(closed)).doesNotThrowAnyException();
    assertThatCode(() -> Metric.parse("rate").checkFor(closed)).doesNotThrowAnyException();
    assertThatCode(() -> Metric.parse("p99").checkFor(open)).doesNotThrowAnyException();
  }

  /** What came in addition is wrong, and never held unseen. */
  @ParameterizedTest
  @CsvSource({
    "wrong=0, '51 (50 surplus, 1 in the warm-up)', FAILED",
    "surplus=0, 50, FAILED",
    "surplus<=50, 50, HELD",
    "wrong<1%, '0.000%, and 50 surplus, 1 in the warm-up', HELD"
  })
  void saysWhatCameInAddition(String condition, String measured, Assessment.Outcome outcome) {
    LoadResult result = SampleResult.of().surplus(50).wrongInWarmup(1).build();

    Assessment assessment = Assessment.of(result, List.of(Condition.parse(condition)));

    assertThat(assessment.checks())
        .containsExactly(new Assessment.Check(condition, measured, outcome));
    assertThat(assessment.status()).isEqualTo(ExitStatus.WRONG);
    assertThat(assessment.reasons())
        .contains("1 message came back wrong", "what is the echo of no message came 50 times");
  }
}
