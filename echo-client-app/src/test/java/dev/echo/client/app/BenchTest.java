package dev.echo.client.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.client.Stamps;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.load.Amount;
import dev.echo.load.ConnectionCounts;
import dev.echo.load.Ending;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadPlan.AfterFailure;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.load.SampleResult;
import dev.echo.load.Trouble;
import dev.echo.payload.PayloadSource;
import dev.echo.payload.WrongEcho;
import dev.echo.pipeline.ClientFront;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, with runs that take no time. */
class BenchTest {
  @TempDir private Path folder;

  @Test
  void measuresAThousandMessagesASecondUnlessToldOtherwise() {
    FakeLoad load = FakeLoad.of(SampleResult::of);

    Ran ran = load.bench();

    assertThat(ran.status()).as(ran.err()).isZero();
    LoadPlan plan = load.plans().get(0);
    LoadPlan defaults = LoadPlan.builder(TcpEndpoint.of("127.0.0.1", 65432)).build();
    assertThat(plan.toBuilder().seed(1).build()).isEqualTo(defaults);
  }

  @Test
  void makesAPlanOfItsOptions() {
    FakeLoad load = FakeLoad.of(SampleResult::of);

    Ran ran =
        load.bench(
            ("tcp://h:1 -r 10k/s -c 4 -n 5 -s 64..1k --warmup 1s --in-flight 9 --new-connections"
                    + " --mode stream --timeout 3s --connect-timeout 4s --fail-fast --seed 8"
                    + " --threads 2 --transport nio -I 500ms")
                .split(" "));

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(load.plans())
        .containsExactly(
            new LoadPlan(
                TcpEndpoint.of("h", 1),
                4,
                ConnectionUse.ONE_MESSAGE,
                Pace.perSecond(10_000),
                9,
                new Amount.Messages(5),
                Duration.ofSeconds(1),
                new PayloadSource.Generated(64, 1000),
                ClientMode.STREAM,
                Stamps.OFF,
                8,
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                AfterFailure.END,
                Duration.ofMillis(500),
                2,
                Transport.NIO,
                ClientFront.NONE));
  }

  @Test
  void makesAClosedLoopWithOneMessageInFlight() {
    FakeLoad load = FakeLoad.of(SampleResult::of);

    load.bench("-r", "max", "h:1", "7", "--no-stamp");

    LoadPlan plan = load.plans().get(0);
    assertThat(plan.pace()).isEqualTo(Pace.MAX);
    assertThat(plan.inFlight()).isEqualTo(1);
    assertThat(plan.connections()).isEqualTo(7);
    assertThat(plan.stamps()).isEqualTo(Stamps.OFF);
  }

  @Test
  void sendsTheBytesOfAFileAndOfStandardInput() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "file");
    FakeLoad load = FakeLoad.of(SampleResult::of);

    load.bench("-f", file.toString());
    load.bench("-f", "-");

    assertThat(load.plans())
        .extracting(plan -> new String(((PayloadSource.Fixed) plan.payload()).bytes(), UTF_8))
        .containsExactly("file", "typed");
  }

  @ParameterizedTest
  @CsvSource({"p99<1s, OK", "p99<50us, UNMET", "p99.99<1s, INVALID"})
  void endsWithTheVerdict(String expected, ExitStatus status) {
    Ran ran = FakeLoad.of(SampleResult::of).bench("--expect", expected);

    assertThat(ran.status()).as(ran.err()).isEqualTo(status.code());
    assertThat(ran.out()).contains(status.word());
  }

  @Test
  void takesExpectationsTogether() {
    Ran ran = FakeLoad.of(SampleResult::of).bench("--expect", "p99<50us", "--expect", "missing=0");

    assertThat(ran.status()).isEqualTo(5);
  }

  @Test
  void saysInPlainLinesHowItGoesOn() {
    Ran ran = FakeLoad.of(SampleResult::of).bench();

    assertThat(ran.err().lines().toList())
        .hasSize(12)
        .startsWith("     1.0s    1,000/s  p50 100 µs  p99 100 µs  wrong 0  warm-up")
        .endsWith("    12.0s    1,000/s  p50 100 µs  p99 100 µs  wrong 0");
    assertThat(FakeLoad.of(SampleResult::of).bench("-q").err()).isEmpty();
  }

  @Test
  void saysWhatGoesWrongEvenIfQuiet() {
    Trouble trouble = new Trouble(2, Duration.ZERO, ExitStatus.INCOMPLETE, "reset by the peer");
    WrongEcho wrong = new WrongEcho(1, 1, Verdict.CORRUPT, 3, 1, "message 2 is corrupt");
    FakeLoad load =
        FakeLoad.of(
            plan ->
                SampleResult.of(plan)
                    .wrong(1)
                    .wrong(wrong)
                    .connections(new ConnectionCounts(4, 4, 0, 1, 2, 0))
                    .troubles(trouble));

    Ran ran = load.bench("-q", "-c", "4");

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err().lines())
        .containsExactly("connection 2: reset by the peer", "wrong: message 2 is corrupt");
  }

  @Test
  void repeatsWithOtherBytesAndSumsUp() {
    FakeLoad load = FakeLoad.of(SampleResult::of);

    Ran ran = load.bench("--repeat", "3", "--seed", "5", "-q");

    assertThat(ran.status()).isZero();
    assertThat(load.plans()).extracting(LoadPlan::seed).containsExactly(5L, 6L, 7L);
    assertThat(ran.out())
        .contains(
            "3 runs               median        least         most",
            "rate                1,000/s      1,000/s      1,000/s",
            "p99                  110 µs       110 µs       110 µs",
            "missing                   0            0            0");
  }

  @Test
  void endsAsTheWorstOfItsRunsDoes() {
    FakeLoad load =
        FakeLoad.of(
            plan ->
                plan.seed() == 6
                    ? SampleResult.of(plan).missing(1, Duration.ofSeconds(10))
                    : SampleResult.of(plan));

    assertThat(load.bench("--repeat", "3", "--seed", "5").status()).isEqualTo(4);
    assertThat(load.plans()).hasSize(3);
  }

  @Test
  void doesNotRepeatWhereNobodyAnswers() {
    FakeLoad load = FakeLoad.of(FakeLoad::unreachable);

    Ran ran = load.bench("h", "7", "--repeat", "3");

    assertThat(ran.status()).isEqualTo(3);
    assertThat(load.plans()).hasSize(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("7 was taken as the port; for 7 connections: -c 7");
  }

  @Test
  void reportsWhatWasMeasuredWhenASignalComes() {
    Interruption interruption = new Interruption();
    FakeLoad load = FakeLoad.of(SampleResult::of).untilStopped();
    interruption.request(ExitStatus.TERMINATED);

    Ran ran = load.bench(interruption, "--repeat", "3");

    assertThat(ran.status()).isEqualTo(143);
    assertThat(ran.out()).contains("interrupted");
    assertThat(load.plans()).hasSize(1);
  }

  @Test
  void saysHowFarASearchCameWhenASignalComes() {
    Interruption interruption = new Interruption();
    FakeLoad load = FakeLoad.of(SampleResult::of).untilStopped();
    interruption.request(ExitStatus.INTERRUPTED);

    Ran ran = load.bench(interruption, "--find-max", "p99<5ms");

    assertThat(ran.status()).isEqualTo(130);
    assertThat(ran.out()).endsWith("interrupted\n");
    assertThat(load.plans()).hasSize(1);
  }

  @Test
  void callsAWrongEchoWrongWhateverSignalComes() {
    Interruption interruption = new Interruption();
    FakeLoad load = FakeLoad.of(plan -> SampleResult.of(plan).wrong(1)).untilStopped();
    interruption.request(ExitStatus.INTERRUPTED);

    assertThat(load.bench(interruption).status()).isEqualTo(1);
  }

  @Test
  void findsTheHighestRateAndSaysWhereItHoldsAndFails() {
    FakeLoad load =
        FakeLoad.of(
            plan ->
                SampleResult.of(plan)
                    .time(
                        Measure.RESPONSE,
                        ((Pace.PerSecond) plan.pace()).messages() > 5000
                            ? Duration.ofMillis(50)
                            : Duration.ofMillis(1)));

    Ran ran = load.bench("--find-max", "p99<5ms", "--seed", "1");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("p99<5ms holds at 4,970/s (3 of 3 runs)\nfails at 5,190/s: p99<5ms is not met");
    assertThat(ran.err()).contains("     1,000/s  holds, p99 1 ms", "     8,000/s  fails: p99<5ms");
    assertThat(ran.err()).doesNotContain("warm-up");
    assertThat(load.plans()).extracting(LoadPlan::seed).doesNotHaveDuplicates();
    assertThat(load.plans())
        .allSatisfy(
            plan -> assertThat(plan.amount()).isEqualTo(new Amount.Time(Duration.ofSeconds(10))));
  }

  @Test
  void headsNoReportWithARateThatIsNotTheAnswer() {
    FakeLoad load =
        FakeLoad.of(plan -> SampleResult.of(plan).time(Measure.RESPONSE, Duration.ofMillis(50)));

    Ran ran = load.bench("--find-max", "max<5ms");

    assertThat(ran.status()).as(ran.err()).isEqualTo(5);
    assertThat(ran.out())
        .startsWith("result        1.96/s, the last rate tried\n")
        .contains("max<5ms holds nowhere\n");
  }

  @Test
  void breaksTheAnswerOfASearchBetweenWords() {
    FakeLoad load =
        FakeLoad.of(
            plan ->
                ((Pace.PerSecond) plan.pace()).messages() > 5000
                    ? SampleResult.of(plan).sentShare(0.5).held(9_000, 0, 0)
                    : SampleResult.of(plan));

    Ran ran = load.bench("--find-max", "missing=0", "-q");

    assertThat(ran.out().lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    assertThat(ran.out())
        .endsWith(
            """
            fails at 5,190/s: sent at 2,595/s of 5,190/s while the schedule ran: 9,000
              messages waited for echoes (65,536 in flight per connection at most), so the
              path or the peer was too slow
            """);
  }

  @Test
  void namesEachRunOfASearchApart() {
    Ran ran =
        FakeLoad.of(
                plan ->
                    SampleResult.of(plan)
                        .time(
                            Measure.RESPONSE,
                            ((Pace.PerSecond) plan.pace()).messages() > 1500
                                ? Duration.ofMillis(50)
                                : Duration.ofMillis(1)))
            .bench("--find-max", "p99<5ms", "--format", "csv", "-q");

    Set<String> runs =
        ran.out()
            .lines()
            .skip(1)
            .map(line -> line.replaceAll("\"([^\"]*)\".*|,.*", "$1"))
            .collect(Collectors.toSet());
    assertThat(runs).contains("1,470/s", "1,470/s (2)", "1,470/s (3)");
  }

  @Test
  void saysNoPercentileOfAStepThatCannotCarryIt() {
    Ran ran =
        FakeLoad.of(
                plan ->
                    SampleResult.of(plan)
                        .times(Measure.RESPONSE, 500, Duration.ofMillis(1))
                        .ending(Ending.INTERRUPTED))
            .bench("--find-max", "p50<5ms");

    assertThat(ran.err()).doesNotContain("p99 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p50<1s", "p99<1s", "rate>=1", "max<1s", "missing=0"})
  void holdsNoComparisonWithABaselineOfTooFewMessagesOrOfABrokenRun(String expected) {
    String few = folder.resolve("few.jsonl").toString();
    String dead = folder.resolve("dead.jsonl").toString();
    FakeLoad small =
        FakeLoad.of(
            plan -> SampleResult.of(plan).times(Measure.RESPONSE, 15, Duration.ofMillis(1)));
    FakeLoad broken =
        FakeLoad.of(plan -> SampleResult.of(plan).missing(10_000, Duration.ofSeconds(10)));
    small.bench("--json", "-o", few, "-q");
    broken.bench("--json", "-o", dead, "-q");

    Ran undecided = small.bench("--baseline", few, "-q");
    FakeLoad never = FakeLoad.of(SampleResult::of);
    Ran refused = never.bench("--baseline", dead, "--expect", expected);

    assertThat(undecided.status()).isEqualTo(6);
    assertThat(undecided.out())
        .contains("p99 within 10% of the baseline")
        .doesNotContain("p50 within 10% of the baseline held")
        .containsPattern("cannot be decided: the baseline has\\s+only 15 values");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains(dead + ": the run is incomplete: 10,000 messages never came back");
    assertThat(never.plans()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"p99.99<1s, 2", "p99<50us, 0", "p99<1s, 0"})
  void takesNoBaselineWhoseVerdictSaysThatItIsNoEvidence(String expected, int status) {
    String before = folder.resolve("before.jsonl").toString();
    FakeLoad load = FakeLoad.of(SampleResult::of);
    load.bench("--expect", expected, "--repeat", "2", "--json", "-o", before, "-q");

    Ran ran = load.bench("--baseline", before, "-q");

    assertThat(ran.status()).as(ran.err()).isEqualTo(status);
    if (status == 2) {
      assertThat(ran.err())
          .contains("--baseline " + before + ": run 1 was invalid: p99.99<1s cannot be decided")
          .contains("(expected: ok or unmet)");
    }
  }

  @Test
  void refusesABaselineThatSomebodyEnded() {
    String before = folder.resolve("before.jsonl").toString();
    Interruption interruption = new Interruption();
    interruption.request(ExitStatus.INTERRUPTED);
    FakeLoad.of(SampleResult::of).untilStopped().bench(interruption, "--json", "-o", before, "-q");

    Ran ran = FakeLoad.of(SampleResult::of).bench("--baseline", before);

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("the run is cut short: it was interrupted");
  }

  @Test
  void tellsTheVerdictOnStandardErrorIfAFileHasTheReport() {
    Path file = folder.resolve("r.txt");

    Ran ran = FakeLoad.of(SampleResult::of).bench("-o", file.toString(), "--expect", "p99<1us");

    assertThat(ran.status()).isEqualTo(5);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).endsWith("verdict: unmet\n  p99<1us is not met: 110 µs\n");
    assertThat(file).content().contains("unmet");
  }
}
