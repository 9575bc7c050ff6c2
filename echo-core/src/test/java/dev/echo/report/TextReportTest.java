package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.load.Amount;
import dev.echo.load.Assessment;
import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.load.SampleResult;
import dev.echo.load.Trouble;
import dev.echo.testing.Results;
import dev.echo.text.ExitStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextReportTest {

  static Stream<LoadResult> all() {
    return Stream.of(
        Results.openLoop(),
        Results.withMissing(),
        Results.closedLoop(),
        Results.tinySample(),
        Results.wrongEchoes(),
        Results.interrupted());
  }

  @ParameterizedTest
  @MethodSource("all")
  void fitsEightyColumns(LoadResult result) throws IOException {
    String text = render(new Report("a name of a file", result, Results.unmet()));

    assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    assertThat(text.lines()).allMatch(line -> line.equals(line.stripTrailing()));
  }

  @Test
  void showsTheExpectedBesideTheMeasured() throws IOException {
    String text = render(new Report("", Results.openLoop(), Results.OK));

    assertThat(text)
        .containsSubsequence(
            "rate          20,000/s of 20,000/s\n",
            "measured      10.0 s of 10 s\n",
            "messages      200,000 of 200,000 (sent: 200,000)\n",
            "connections   4 (error-free: 4)\n",
            "payload       12,800,000 bytes (1.3 MB/s)\n",
            "on the wire   20,800,000 bytes (2.1 MB/s)\n");
    assertThat(text).endsWith("\nverdict       ok (status 0)\n");
  }

  @Test
  void tearsNoSettingApartThatFitsOnALine() throws IOException {
    // The second line would end behind its last column, with the semicolon.
    LoadPlan plan = Results.plan().amount(new Amount.Time(Duration.ofSeconds(4))).build();
    StringBuilder out = new StringBuilder();

    new TextLines(out).facts("settings", PlanFacts.of(plan));

    assertThat(out.toString().lines().map(String::strip).toList())
        .contains("connections 4; in flight at most 65,536 per connection;")
        .allMatch(line -> line.endsWith(";") || line.endsWith("seed 42"));
  }

  @Test
  void leavesEachValueBesideItsUnit() throws IOException {
    for (int before = 0; before < TextLines.WIDTH; before++) {
      StringBuilder out = new StringBuilder();

      new TextLines(out)
          .fact("took", "x".repeat(before) + " 2 s, 1.3 MB/s; 64 bytes (5.0 µs) 2 so");

      assertThat(out.toString().lines().map(String::strip))
          .as("behind %d", before)
          .noneMatch(line -> line.matches("(s,|MB/s|bytes|µs).*"));
      assertThat(out.toString().lines().map(String::strip).collect(Collectors.joining(" ")))
          .endsWith(" 2 s, 1.3 MB/s; 64 bytes (5.0 µs) 2 so");
    }
  }

  @Test
  void showsMissingMessagesAsAtLeastTheirAge() throws IOException {
    String text = render(new Report("", Results.withMissing(), Results.OK));

    assertThat(row(text, "response")).containsSubsequence("197", ">= 10.2 s", ">= 10.4 s");
    assertThat(row(text, "service")).doesNotContain(">=");
    assertThat(text).contains("missing       400\n", ">= messages that never came");
    assertThat(text).contains("connections   4 (error-free: 3), made 5, failed 1, lost 1\n");
    assertThat(text).contains("  at 7.25 s, connection 2: incomplete: connection lost: reset");
  }

  @Test
  void showsNoPercentileThatTheSampleCannotCarry() throws IOException {
    String text = render(new Report("", Results.tinySample(), Results.OK));

    assertThat(row(text, "response").split("\\s+")).hasSize(7).containsSequence("-", "-", "-");
    assertThat(text).contains("-  too few: less than ten times");
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "JSON", "JSONL", "HTML"})
  void showsNoRateOfATimeThatIsTooShort(Format format) throws IOException {
    LoadPlan plan = Results.plan().pace(Pace.perSecond(1e9)).amount(new Amount.Messages(5)).build();
    LoadResult run =
        SampleResult.of(plan)
            .times(Measure.SERVICE, 5, Duration.ofMillis(1))
            .measured(Duration.ofNanos(5))
            .build();
    StringBuilder one = new StringBuilder();
    StringBuilder two = new StringBuilder();
    Report report = new Report("r", run, Results.OK);

    Renderer.of(format).render(List.of(report), one);
    Renderer.of(format).render(List.of(report, report), two);

    for (StringBuilder text : List.of(one, two)) {
      assertThat(text)
          .doesNotContain("1,000,000,000/s of")
          .doesNotContain("GB/s")
          .doesNotContain("320 bytes (")
          .doesNotContain("\"messagesPerSecond\": 1000000000.0,\n  \"plan\"")
          .doesNotContain("\"messagesPerSecond\":1.0E9,\"plan\"");
    }
    if (format == Format.TEXT) {
      assertThat(one).contains("rate          - of 1,000,000,000/s");
    }
    if (format == Format.JSON) {
      assertThat(one).contains("\"messagesPerSecond\": null,");
    }
  }

  @Test
  void saysLoudlyThatAClosedLoopHasNoResponseTime() throws IOException {
    String text = render(new Report("", Results.closedLoop(), Results.OK));

    assertThat(text).contains("NO RESPONSE TIME").doesNotContain("\nresponse ");
    assertThat(text).contains("rate          15,000/s (closed loop: as fast as it goes)\n");
  }

  @Test
  void countsWrongEchoesByVerdictAndShowsTheFirst() throws IOException {
    String text = render(new Report("", Results.wrongEchoes(), Results.OK));

    assertThat(text)
        .contains("wrong         12\nsurplus       0\n")
        .contains("findings      12: corrupt 10, swapped 1, unknown 1\n")
        .contains("  connection 1, message 1,235: corrupt: 2 bits differ from byte 17 on: \\x1b")
        .contains("  ... 7 more\n");
  }

  @Test
  void showsWhatCameInAdditionByItself() throws IOException {
    LoadResult result = SampleResult.of().surplus(51).wrongInWarmup(2).build();

    String text = render(new Report("", result, Assessment.of(result, List.of())));

    assertThat(text)
        .contains("messages      10,000 of 10,000 (sent: 10,000)\nmissing       0\n")
        .contains("wrong         0 (and 2 in the warm-up)\nsurplus       51\n")
        .contains("findings      53: corrupt 2, surplus 51\n");
  }

  @Test
  void saysThatItWasInterrupted() throws IOException {
    String text = render(new Report("", Results.interrupted(), Results.OK));

    assertThat(text).contains("measured      3.30 s of 10 s, then interrupted\n");
  }

  @Test
  void endsWithConditionsAndVerdict() throws IOException {
    String text = render(new Report("", Results.openLoop(), Results.unmet()));

    assertThat(text)
        .containsSubsequence(
            "warnings\n",
            "  the rate was reached only in 9 of 10 intervals\n",
            "expected\n",
            "  p99<150us               FAILED, measured 161 µs\n",
            "  missing=0               held, measured 0\n",
            "verdict       unmet (status 5): p99 is 161 µs (expected: p99<150us)\n");
  }

  @Test
  void keepsOutcomesApartFromLongConditions() throws IOException {
    Check check =
        new Check(
            "service.p99 within 10% of the baseline", "2 ms, was 2 ms: the same", Outcome.HELD);
    Assessment assessment = new Assessment(ExitStatus.OK, List.of(), List.of(check), List.of());

    assertThat(render(new Report("", Results.closedLoop(), assessment)))
        .contains("  service.p99 within 10% of the baseline  held, measured 2 ms, was 2 ms:");
  }

  @Test
  void escapesWhatAFileMayHold() throws IOException {
    Assessment assessment =
        new Assessment(
            ExitStatus.WRONG, List.of("red \u001b[31m and \u202eback"), List.of(), List.of());

    String text = render(new Report("a\nb", Results.openLoop(), assessment));

    assertThat(text).contains("result        a\\nb\n", "red \\x1b[31m and \\u202eback");
  }

  @Test
  void isTheSameInEveryLocale() throws IOException {
    Locale before = Locale.getDefault();
    Report report = new Report("", Results.openLoop(), Results.OK);
    String expected = render(report);
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

      assertThat(render(report)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void comparesSeveralSideBySide() throws IOException {
    LoadResult other =
        Results.result(Results.plan().connections(8).build(), Results.openLoop().counts(), 7);
    List<Report> reports =
        List.of(
            new Report("before.json", Results.openLoop(), Results.OK),
            new Report("after.json", other, Results.unmet()),
            new Report("missing.json", Results.withMissing(), Results.OK),
            new Report("", Results.closedLoop(), Results.OK));
    StringBuilder out = new StringBuilder();

    Renderer.of(Format.TEXT).render(reports, out);

    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(out)
        .contains("[1]           before.json\n")
        .contains("connections differs\n  [1] 4\n  [2] 8\n")
        .contains("[4]           result 4\n")
        .containsPattern("response p99 +186 +185 +-0\\.5% +197 +\\+5\\.8%\n")
        .containsPattern("response p99\\.9 +\\d+ +\\d+ +[+-]\\d\\.\\d% +>= 10\\.2 s\n")
        .endsWith("verdict [4]   ok (status 0)\n");
  }

  @Test
  void keepsConditionsWarningsAndSettingsOfSeveral() throws IOException {
    List<Report> reports =
        List.of(
            new Report("before.json", Results.openLoop(), Results.OK),
            new Report("after.json", Results.openLoop(7), Results.unmet()));
    StringBuilder out = new StringBuilder();

    Renderer.of(Format.TEXT).render(reports, out);

    assertThat(out)
        .contains("settings      endpoint tcp://127.0.0.1:65432; rate 20,000/s, open loop;\n")
        .contains("client        machine ")
        .contains("expected\n  p99<150us\n    [1] -\n    [2] FAILED, measured 161 µs\n")
        .contains("warnings\n  [2] the rate was reached only in 9 of 10 intervals\n");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void breaksALongPathBetweenItsParts() throws IOException {
    StringBuilder out = new StringBuilder();

    new TextLines(out)
        .fact(
            "endpoint", "unix:///var/lib/containers/storage/overlay/0123456789abcdef/merged/run/e");

    assertThat(out.toString().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .endsWith("/0123456789abcdef/");
  }

  @Test
  void countsNoTimeBeforeTheFirstMessage() {
    Trouble early =
        new Trouble(2, Duration.ofNanos(-17_300_000), ExitStatus.UNREACHABLE, "refused");

    assertThat(Sentences.of(early))
        .isEqualTo("before the first message, connection 2: unreachable: refused");
  }

  private static String row(String text, String label) {
    return text.lines().filter(line -> line.startsWith(label + " ")).findFirst().orElseThrow();
  }

  private static String render(Report report) throws IOException {
    StringBuilder out = new StringBuilder();
    Renderer.of(Format.TEXT).render(List.of(report), out);
    return out.toString();
  }
}
