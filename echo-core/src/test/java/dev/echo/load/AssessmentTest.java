package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.DatagramCounts;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.payload.PayloadSource;
import dev.echo.payload.WrongEcho;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of docs/measuring.md, row by row. */
class AssessmentTest {
  private static final WrongEcho WRONG =
      new WrongEcho(1, 7, Verdict.CORRUPT, 40, 1, "message 7 of connection 1 is corrupt");

  @Test
  void isContentWithAnHonestRun() {
    Assessment assessment = assess(SampleResult.of(), "p99<5ms", "missing=0", "rate>=1k");

    assertThat(assessment.status()).isEqualTo(ExitStatus.OK);
    assertThat(assessment.reasons()).isEmpty();
    assertThat(assessment.warnings()).isEmpty();
    assertThat(assessment.checks()).hasSize(3);
  }

  @Test
  void callsAWrongEchoWrongWhateverElse() {
    SampleResult run =
        SampleResult.of()
            .wrong(1)
            .wrong(WRONG)
            .time(Measure.OWN_LAG, Duration.ofMillis(50))
            .time(Measure.RESPONSE, Duration.ofMillis(60));

    Assessment assessment = assess(run, "p99<20ms");

    assertThat(assessment.status()).isEqualTo(ExitStatus.WRONG);
    assertThat(assessment.reasons())
        .hasSize(3)
        .first()
        .isEqualTo("1 message came back wrong, the first: message 7 of connection 1 is corrupt");
  }

  @Test
  void callsAConnectionThatCouldNotBeMadeUnreachable() {
    Trouble refused =
        new Trouble(1, Duration.ZERO, ExitStatus.UNREACHABLE, "cannot connect: refused");
    SampleResult run =
        SampleResult.of()
            .wrong(1)
            .connections(new ConnectionCounts(2, 1, 3, 0, 1, 0))
            .troubles(refused);

    Assessment assessment = assess(run);

    assertThat(assessment.status()).isEqualTo(ExitStatus.UNREACHABLE);
    assertThat(assessment.reasons()).contains("connecting failed 3 times: cannot connect: refused");
    assertThat(assessment.warnings()).contains("1 of 2 connections had errors");
  }

  @Test
  void callsWhatNeverCameIncomplete() {
    Assessment assessment = assess(SampleResult.of().missing(3, Duration.ofSeconds(10)), "p50>1s");

    assertThat(assessment.status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(assessment.reasons())
        .containsExactly("3 messages never came back", "p50>1s is not met: 110 µs");
  }

  @Test
  void callsALostConnectionIncompleteEvenIfNothingIsMissing() {
    Assessment assessment =
        assess(SampleResult.of().connections(new ConnectionCounts(1, 2, 0, 1, 0, 0)));

    assertThat(assessment.status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(assessment.reasons()).containsExactly("1 connection ended early");
  }

  @Test
  void callsAnExpectationThatFailsUnmet() {
    Assessment assessment = assess(SampleResult.of(), "p99<50us", "rate>=1k");

    assertThat(assessment.status()).isEqualTo(ExitStatus.UNMET);
    assertThat(assessment.reasons()).containsExactly("p99<50us is not met: 110 µs");
  }

  @ParameterizedTest
  @CsvSource({
    // own lag, response time: over 1 ms, and over a tenth
    "2, 10, INVALID",
    "2, 30, OK",
    "0.9, 1, OK",
    "50, 51, INVALID",
  })
  void callsTheRunOfALateClientInvalid(double lag, double response, ExitStatus status) {
    SampleResult run =
        SampleResult.of()
            .time(Measure.OWN_LAG, Duration.ofNanos((long) (lag * 1e6)))
            .time(Measure.RESPONSE, Duration.ofNanos((long) (response * 1e6)));

    Assessment assessment = assess(run);

    assertThat(assessment.status()).isEqualTo(status);
    assertThat(String.join("", assessment.reasons()) + assessment.warnings())
        .contains("this client itself sent late");
  }

  @ParameterizedTest
  @CsvSource({
    // 30 ms of own lag, 40 ms of response time: the path alone took between 10 and 40 ms
    "p99<50ms,                HELD,        OK",
    "p99<20ms,                NOT_CARRIED, INVALID",
    "p99<5ms,                 FAILED,      UNMET",
    "p99>20ms,                NOT_CARRIED, INVALID",
    "p99>50ms,                FAILED,      UNMET",
    "mean<20ms,               NOT_CARRIED, INVALID",
    "rate>=1k,                HELD,        OK",
    "rate>=2k,                NOT_CARRIED, INVALID",
    "rate<2k,                 NOT_CARRIED, INVALID",
    "rate<500,                FAILED,      UNMET",
    "missing=0,               HELD,        OK",
    "missing>0,               FAILED,      UNMET",
    "sent=10k,                HELD,        OK",
    "sent<10k,                FAILED,      UNMET",
    "wrong=0,                 HELD,        OK",
    "pause.max<1ms,           HELD,        OK",
    "own-lag.p99<1ms,         FAILED,      UNMET",
  })
  void invalidatesOnlyWhatTheLagOfTheClientCouldTurn(
      String condition, Outcome outcome, ExitStatus status) {
    SampleResult run =
        SampleResult.of()
            .time(Measure.OWN_LAG, Duration.ofMillis(30))
            .time(Measure.RESPONSE, Duration.ofMillis(40));

    Assessment assessment = assess(run, condition);

    assertThat(assessment.checks()).extracting(Check::outcome).containsExactly(outcome);
    assertThat(assessment.status()).isEqualTo(status);
    assertThat(String.join("", assessment.reasons()) + assessment.warnings())
        .containsOnlyOnce("this client itself sent late");
  }

  @Test
  void warnsOfDatagramsThatWereLostAndSaysHowToCountThem() {
    SampleResult run = datagrams(2_300, 4);

    Assessment assessment = assess(run);

    assertThat(assessment.status()).isEqualTo(ExitStatus.OK);
    assertThat(assessment.warnings())
        .startsWith(
            "2,300 of 10,000 datagrams (23%) were lost, which decides nothing; --expect"
                + " 'lost<0.1%' would count it",
            "4 of 10,000 datagrams (0.04%) came late, which decides nothing; --expect"
                + " 'late<0.1%' would count it");
    assertThat(assess(run, "lost<30%").warnings())
        .startsWith(
            "2,300 of 10,000 datagrams (23%) were lost", "4 of 10,000 datagrams (0.04%) came late");
    assertThat(assess(run, "lost<1%").status()).isEqualTo(ExitStatus.UNMET);
    assertThat(assess(datagrams(1, 0)).warnings().get(0))
        .startsWith("1 of 10,000 datagrams (0.01%) was lost, which decides nothing");
  }

  /** Of 100 messages 40 came back, 10 did not, and 50 were due while another one was under way. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "50 | 0  | 0  | the limit of messages in flight (--in-flight) was reached",
        "0  | 50 | 0  | the socket was full",
        "0  | 0  | 50 | there was no connection"
      })
  void tellsMessagesThatWereNeverSentFromThoseThatNeverCame(
      long byCap, long bySocket, long byConnection, String why) {
    LoadCounts counts =
        new LoadCounts(100, 50, 40, 60, 0, byCap, bySocket, byConnection, 2_560, 4_160);

    Assessment assessment =
        assess(SampleResult.at(10).times(Measure.OWN_LAG, 100, Duration.ZERO).counts(counts));

    assertThat(assessment.status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(assessment.reasons())
        .containsExactly("10 messages never came back", "50 messages were never sent: " + why);
  }

  private static SampleResult datagrams(long lost, long late) {
    LoadPlan plan =
        LoadPlan.builder(new UdpEndpoint("127.0.0.1", 65432))
            .pace(Pace.perSecond(1000))
            .loops(1)
            .build();
    return SampleResult.of(plan)
        .missing(lost + late, Duration.ofSeconds(10))
        .datagrams(
            new DatagramCounts(
                10_000, 10_000 - lost - late, late, lost, 0, 0, 0, 0, Optional.empty()));
  }

  @Test
  void blamesNoClientForASlowPath() {
    SampleResult run =
        SampleResult.of()
            .time(Measure.LAG, Duration.ofSeconds(2))
            .time(Measure.RESPONSE, Duration.ofSeconds(3))
            .sentShare(0.5)
            .held(9_000, 10, 0);

    Assessment assessment = assess(run);

    assertThat(assessment.status()).isEqualTo(ExitStatus.OK);
    assertThat(assessment.warnings())
        .containsExactly(
            "sent at 500/s of 1,000/s while the schedule ran: 9,000 messages waited for echoes"
                + " (65,536 in flight per connection at most), so the path or the peer was too"
                + " slow");
  }

  @Test
  void callsUnsentMessagesInvalidIfNothingHeldThem() {
    LoadCounts counts = new LoadCounts(10_000, 9_000, 9_000, 1_000, 0, 0, 0, 0, 0, 0);

    Assessment own = assess(SampleResult.of().counts(counts).ending(Ending.INTERRUPTED));
    Assessment held =
        assess(SampleResult.of().counts(counts).ending(Ending.INTERRUPTED).held(0, 1_000, 0));

    assertThat(own.status()).isEqualTo(ExitStatus.INVALID);
    assertThat(own.reasons())
        .containsExactly(
            "1,000 of 10,000 messages were not sent, and nothing but this client held them back");
    assertThat(held.status()).isEqualTo(ExitStatus.OK);
  }

  /** Five messages at 1,000,000,000/s; the others at 1,000/s and in closed loop. */
  @ParameterizedTest
  @CsvSource({
    "1e9, 5,          5, '',           INVALID, too short for a rate",
    "1e9, 5,          5, 'rate>=1',    INVALID, too short for a rate",
    "1e9, 5,          5, 'missing=0',  INVALID, too short for a rate",
    "1e3, 5_000_000,  5, '',           OK,      ''",
    "1e3, 5_000_000,  5, 'missing=0',  OK,      ''",
    "1e3, 5_000_000,  5, 'rate>=1',    INVALID, 'rate>=1 cannot be decided by this run: only'",
    "1e3, 9_999_999, 10, 'rate<1',     INVALID, 'rate<1 cannot be decided by this run: only'",
    "1e3, 10_000_000, 10, 'rate>=1k',  OK,      ''",
    "0,   4_000_000,  5, '',           OK,      ''",
    "0,   40_000,     1, 'rate>=1',    INVALID, 'rate>=1 cannot be decided by this run: only'",
    "0,   40_000,     1, 'missing=0',  OK,      ''",
  })
  void saysNoRateOfATimeThatIsTooShort(
      double rate, String nanos, long count, String condition, ExitStatus status, String reason) {
    Pace pace = rate == 0 ? Pace.MAX : Pace.perSecond(rate);
    LoadPlan plan =
        SampleResult.plan().toBuilder().pace(pace).amount(new Amount.Messages(count)).build();
    Duration measured = Duration.ofNanos(Long.parseLong(nanos.replace("_", "")));
    SampleResult run =
        SampleResult.of(plan)
            .times(Measure.SERVICE, count, Duration.ofNanos(100_000))
            .measured(measured);

    Assessment assessment =
        condition.isEmpty() ? assess(run) : assess(run, condition.split(",", -1));

    assertThat(assessment.status()).isEqualTo(status);
    assertThat(String.join("; ", assessment.reasons())).startsWith(reason);
    boolean hasRate = measured.toMillis() >= 10;
    String said = assessment.reasons() + "" + assessment.warnings();
    assertThat(said.split("too short for a rate: it takes 10 ms", -1)).hasSize(hasRate ? 1 : 2);
    assertThat(run.build().rate() > 0).isEqualTo(hasRate);
    assertThat(run.build().perSecond(count * 64) > 0).isEqualTo(hasRate);
  }

  @Test
  void callsAnExpectedPercentileThatTheSampleCannotCarryInvalid() {
    Assessment assessment = assess(SampleResult.of(), "p99.99<5ms");

    assertThat(assessment.status()).isEqualTo(ExitStatus.INVALID);
    assertThat(assessment.reasons())
        .containsExactly(
            "p99.99<5ms cannot be decided by this run: only 10,000 values (p99.99 takes 100,000)");
  }

  @Test
  void doesNotMissWhatWasUnderWayWhenSomebodyEndedTheRun() {
    Assessment young =
        assess(SampleResult.of().missing(3, Duration.ofMillis(1)).ending(Ending.INTERRUPTED));
    Assessment old =
        assess(SampleResult.of().missing(3, Duration.ofSeconds(10)).ending(Ending.INTERRUPTED));

    assertThat(young.status()).isEqualTo(ExitStatus.OK);
    assertThat(young.warnings())
        .containsExactly("interrupted after 10 s; 3 messages had not come back");
    assertThat(old.status()).isEqualTo(ExitStatus.INCOMPLETE);
  }

  @Test
  void warnsOfAShortRunAColdOneAndPauses() {
    LoadPlan plan =
        SampleResult.plan().toBuilder()
            .warmup(Duration.ZERO)
            .payload(new PayloadSource.Generated(8, 64))
            .build();
    SampleResult run =
        SampleResult.of(plan)
            .times(Measure.RESPONSE, 9_999, Duration.ofMillis(20))
            .time(Measure.PAUSE, Duration.ofMillis(15));

    assertThat(assess(run).warnings())
        .containsExactly(
            "too short for p99.9: it takes 10,000 messages, and there were 9,999",
            "this process or its machine paused for up to 15 ms; the maximum of 20 ms may be its"
                + " own",
            "no warm-up: the first times are those of a cold virtual machine",
            "messages of less than 16 bytes are not unique: one that comes back for another may go"
                + " unnoticed");
  }

  @Test
  void callsAPauseThatIsLongerThanTheMaximumABusyMachine() {
    SampleResult run = SampleResult.of().time(Measure.PAUSE, Duration.ofMillis(15));

    assertThat(assess(run).warnings())
        .containsExactly(
            "this process or its machine paused for up to 15 ms: it is busy with something else");
  }

  @Test
  void warnsThatAClosedLoopHasNoResponseTime() {
    LoadPlan plan = SampleResult.plan().toBuilder().pace(Pace.MAX).build();

    Assessment assessment = assess(SampleResult.of(plan), "service.p99<1ms");

    assertThat(assessment.status()).isEqualTo(ExitStatus.OK);
    assertThat(assessment.warnings()).hasSize(1).first().asString().startsWith("closed loop: ");
  }

  @Test
  void addsWhatComesFromOutside() {
    Assessment assessment = assess(SampleResult.of()).and(ExitStatus.UNMET, "p99 got worse");

    assertThat(assessment.status()).isEqualTo(ExitStatus.UNMET);
    assertThat(assessment.reasons()).containsExactly("p99 got worse");
  }

  private static Assessment assess(SampleResult result, String... conditions) {
    List<Condition> parsed = Arrays.stream(conditions).map(Condition::parse).toList();
    return Assessment.of(result.build(), parsed);
  }
}
