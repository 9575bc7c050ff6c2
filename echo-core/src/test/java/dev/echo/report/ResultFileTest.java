package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.echo.client.ClientMode;
import dev.echo.client.Stamps;
import dev.echo.load.LoadPlan.AfterFailure;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.load.PlanDifference;
import dev.echo.load.SampleResult;
import dev.echo.payload.PayloadSource;
import dev.echo.testing.Results;
import dev.echo.text.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResultFileTest {
  private static final int MUTATIONS = 300;

  @TempDir Path directory;

  static Stream<Report> all() {
    LoadResult odd =
        Results.result(
            Results.plan()
                .connectionUse(ConnectionUse.ONE_MESSAGE)
                .pace(Pace.perSecond(0.25))
                .payload(new PayloadSource.Generated(1, 1500))
                .mode(ClientMode.STREAM)
                .stamps(Stamps.OFF)
                .seed(Long.MIN_VALUE)
                .afterFailure(AfterFailure.END)
                .interval(Duration.ofMillis(10))
                .build(),
            Results.counts(3, 0, 0),
            3);
    return Stream.of(
            Results.openLoop(),
            Results.withMissing(),
            Results.closedLoop(),
            Results.tinySample(),
            Results.wrongEchoes(),
            Results.interrupted(),
            odd)
        .map(result -> new Report("a \"name\" </script> \u2028", result, Results.unmet()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void readsWhatWasWritten(Report report) throws Exception {
    assertThat(read(Format.JSON, report)).containsExactly(report);
    assertThat(read(Format.JSONL, report)).containsExactly(report);
  }

  @Test
  void readsSeveralOfOneFileInTheirOrder() throws Exception {
    Report[] reports = all().toArray(Report[]::new);

    assertThat(read(Format.JSON, reports)).containsExactly(reports);
    assertThat(read(Format.JSONL, reports)).containsExactly(reports);
  }

  @Test
  void namesAResultWithoutANameLikeItsFile() throws Exception {
    Path file = write(Format.JSON, new Report("", Results.tinySample(), Results.OK));

    assertThat(ResultFile.read(file))
        .containsExactly(new Report(file.toString(), Results.tinySample(), Results.OK));
  }

  @Test
  void keepsOfAUsersBytesWhatTellsThemFromOthers() throws Exception {
    byte[] bytes = "Hello, world".getBytes(StandardCharsets.UTF_8);
    LoadResult result =
        Results.result(
            Results.plan().payload(new PayloadSource.Fixed(bytes, "greeting.txt")).build(),
            Results.counts(100, 0, 0),
            3);

    List<Report> read = read(Format.JSON, new Report("r", result, Results.OK));

    // SHA-256 by sha256sum
    assertThat(read.get(0).result().plan().payload())
        .isEqualTo(
            new PayloadSource.Saved(
                "greeting.txt",
                12,
                "4ae7c3b6ac0beff671efa8cf57386151c06e58ca53a78d83f36107316cec125f"));
    assertThat(PlanDifference.between(result.plan(), read.get(0).result().plan())).isEmpty();
    assertThat(read(Format.JSON, read.get(0))).isEqualTo(read);
  }

  @Test
  void tellsStatusesApartThatShareAWord() throws Exception {
    for (ExitStatus status : ExitStatus.values()) {
      Report report =
          new Report(
              "r",
              Results.tinySample(),
              new dev.echo.load.Assessment(status, List.of("x"), List.of(), List.of()));

      assertThat(read(Format.JSON, report)).containsExactly(report);
    }
  }

  @Test
  void saysTheFiguresForWhoReadsTheFileAsItIs() throws IOException {
    JsonObject json =
        JsonParser.parseString(text(Format.JSON, new Report("", Results.withMissing(), Results.OK)))
            .getAsJsonObject();

    JsonObject response = json.getAsJsonObject("times").getAsJsonObject("response");
    assertThat(json.get("schema").getAsInt()).isEqualTo(4);
    assertThat(json.get("verdict").getAsString()).isEqualTo("ok");
    assertThat(json.get("exitStatus").getAsInt()).isZero();
    assertThat(json.get("messagesPerSecond").getAsDouble()).isEqualTo(19_960);
    assertThat(response.get("count").getAsLong()).isEqualTo(199_600);
    assertThat(response.get("p50Nanos").getAsLong()).isBetween(94_000L, 96_000L);
    assertThat(response.get("p999Nanos").getAsLong()).isBetween(10_000_000_000L, 11_000_000_000L);
    assertThat(response.getAsJsonArray("atLeast")).hasToString("[\"p999Nanos\",\"maxNanos\"]");
    JsonObject connect = json.getAsJsonObject("times").getAsJsonObject("connect");
    assertThat(connect.get("p50Nanos").isJsonNull()).isTrue();
    assertThat(connect.get("maxNanos").isJsonNull()).isFalse();
  }

  @Test
  void writesALineForEachIntervalAndThenTheResult() throws IOException {
    String text = text(Format.JSONL, new Report("run 1", Results.openLoop(), Results.OK));

    List<JsonObject> lines =
        text.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(lines).hasSize(13);
    assertThat(lines.get(0).get("kind").getAsString()).isEqualTo("interval");
    assertThat(lines.get(0).get("run").getAsString()).isEqualTo("run 1");
    assertThat(lines.get(0).get("warmup").getAsBoolean()).isTrue();
    assertThat(lines.get(7).get("maxPauseNanos").getAsLong()).isEqualTo(45_000_000);
    assertThat(lines.get(7).getAsJsonObject("service").get("p50Nanos").getAsLong())
        .isBetween(399_000L, 401_000L);
    assertThat(lines.get(12).get("kind").getAsString()).isEqualTo("result");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schema\": 4            | \"schema\": 1       | : schema: 1 (expected: 4; another version of",
        "\"schema\": 4            | \"schema\": \"3\"   | : schema: \"3\" (expected: a whole number)",
        "\"schema\": 4,           | ''                  | is no result of echo: it has no \"schema\"",
        "\"kind\": \"result\"     | \"kind\": \"x\"     | : kind: \"x\" (expected: result, comparison)",
        "\"connections\": 1,      | \"connections\": 0, | : plan.connections: 0 (expected: 1..1048575)",
        "\"inFlight\": 65536      | \"inFlight\": 6e9   | : plan.inFlight: 6e9 (expected: a whole",
        "\"mode\": \"frames\"     | \"mode\": \"udp\"   | : plan.mode: \"udp\" (expected: frames, stream)",
        "\"warmup\": true         | \"warmup\": 1       | : intervals[0].warmup: 1 (expected: true or",
        "tcp://127.0.0.1          | http://127.0.0.1    | : plan.'http://127.0.0.1:65432': no endpoint has",
        "\"started\": \"2026      | \"started\": \"now  | : started: \"now-01-02T03:04:05.678Z\" (exp",
        "\"exitStatus\": 0        | \"exitStatus\": 9   | : exitStatus: 9 (expected: one of",
        "\"exitStatus\": 0        | \"exitStatus\": 4   | (expected: incomplete, as exitStatus is 4)",
        "\"due\": 30              | \"due\": 31         | : counts.due: 31 (expected: echoed 30 + missing 0",
        "\"missing\": 0           | \"missing\": 1      | : counts.due: 30 (expected: echoed 30 + missing 1",
        "\"count\": 30            | \"count\": 31       | count: 31 (expected: what the histogram holds",
        "\"histogram\": \"H       | \"histogram\": \"X  | histogram: \"XIS",
        "\"wrong\": []            | \"wrong\": {}       | : wrong: {} (expected: an array)",
        "\"plan\": {              | \"plan\": [], \"x\": { | : plan: [] (expected: an object)",
        "\"ending\":              | \"end\":            | : ending is missing (expected: a text)",
        "\"schema\": 4            | schema: 4           | is no JSON: ",
        "\"response\": {          | \"answer\": {       | : times: \"answer\" (expected: response, ser",
      })
  void saysInOneLineWhatIsWrongWithAFile(String from, String to, String expected) throws Exception {
    String text = text(Format.JSON, new Report("", Results.tinySample(), Results.OK));
    Path file = directory.resolve("result.json");
    assertThat(text).contains(from);
    int at = text.indexOf(from);
    String broken = text.substring(0, at) + to + text.substring(at + from.length());
    Files.writeString(file, broken);

    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(ResultFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"echoed\": 30          | \"echoed\": -30    | counts.echoed: -30 (expected: a whole number from 0",
        "\"echoed\": 30          | \"echoed\": 1e30   | counts.echoed: 1e30 (expected: a whole number)",
        "\"echoed\": 30          | \"echoed\": 30.5   | counts.echoed: 30.5 (expected: a whole number)",
        "\"echoed\": 30          | \"echoed\": 9e18   | counts.echoed: 9e18 (expected: a whole number from",
        "\"measuredNanos\": 3    | \"measuredNanos\": -1 | measuredNanos: -1",
        "\"started\": \"2026      | \"started\": \"+202026 | started: \"+202026",
        "\"seed\": 42            | \"seed\":           | is no JSON: line ",
        "\"name\": \"\"           | \"name\": \"        | is no JSON: line ",
      })
  void saysWhereADamagedFileIsWrong(String from, String to, String expected) throws Exception {
    String text = text(Format.JSON, new Report("", Results.tinySample(), Results.OK));
    Path file = directory.resolve("result.json");
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));

    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(ResultFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(expected)
        .hasMessageNotContaining("Reader")
        .hasMessageNotContaining("Exception");
  }

  /** Each figure alone is a possible one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"echoedInTime\": 30    | \"echoedInTime\": 31 | counts.echoedInTime: 31 (expected: at most counts.echoed, 30)",
        "\"wireBytesInTime\": 3  | \"wireBytesInTime\": 9 | counts.wireBytesInTime: 9120 (expected: at most counts.wireBytes, 3120)",
        "\"sent\": 30            | \"sent\": 29       | counts.echoed and wrong: 30 (expected: at most sent, 29)",
        "\"measuredNanos\": 3000000000 | \"measuredNanos\": 0 | counts.echoedInTime: 30 (expected: the same as measuredNanos, 0)",
        "\"measuredNanos\": 30   | \"measuredNanos\": 1 | counts.due: 30 (expected: at most what is due in measuredNanos, 3)",
        "\"errorFree\": 1        | \"errorFree\": 2   | connections.errorFree: 2 (expected: at most asked, 1)",
        "\"made\": 1             | \"made\": 0        | connections.errorFree: 1 (expected: at most made, 0)",
        "\"asked\": 1            | \"asked\": 2       | connections.asked: 2 (expected: the same as plan.connections, 1)",
        "\"verdicts\": {}        | \"verdicts\": {\"corrupt\": 1}, \"x\": {} | ''",
        "\"warmupNanos\": 2      | \"warmupNanos\": 1 | ''",
        "\"echoed\": 3,          | \"echoed\": 2,     | intervals[0].due: 3 (expected: the same as echoed, missing and wrong, 2)",
      })
  void refusesFiguresThatContradictEachOther(String from, String to, String expected)
      throws Exception {
    String text = text(Format.JSON, new Report("", Results.tinySample(), Results.OK));
    assertThat(text).contains(from);
    String edited = text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));

    Throwable thrown = catchThrowable(() -> ResultFile.read(edited, "f.json"));

    if (expected.isEmpty()) {
      assertThat(thrown).isNull();
    } else {
      assertThat(thrown)
          .isInstanceOf(ResultFormatException.class)
          .hasMessage("f.json: " + expected);
    }
  }

  @Test
  void refusesATimeOfWhichThereAreMoreThanMessages() throws Exception {
    String text = text(Format.JSON, new Report("", Results.tinySample(), Results.OK));
    String other = Results.openLoop().time(Measure.SERVICE).encoded();
    String own = Results.tinySample().time(Measure.SERVICE).encoded();
    String edited =
        text.replace("\"histogram\": \"" + own, "\"histogram\": \"" + other)
            .replaceFirst("(?s)(\"service\": \\{\\s*\"count\": )30", "$1200000");

    assertThatThrownBy(() -> ResultFile.read(edited, "f.json"))
        .hasMessage(
            "f.json: times.service.count: 200000 (expected: the same as counts.echoed, 30)");
  }

  /** The fourth measured slice of a run of 30 messages has three. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{due: 4}            | f: intervals[5].due: 4 (expected: the same as echoed, missing and wrong, 3)",
        "{due: 4, wrong: 1}  | f: counts.due: 30 (expected: the same as the measured intervals.due, 31)",
        "{surplus: 1}        | f: all intervals.surplus: 1 (expected: at most counts.surplus, 0)",
        "{sent: 2}           | f: counts.sent: 30 (expected: the same as the measured intervals.sent, 29)",
        "{warmup: true}      | f: counts.sent: 30 (expected: the same as the measured intervals.sent, 27)",
      })
  void refusesSlicesThatDoNotAddUp(String changes, String expected) throws Exception {
    JsonObject json =
        JsonParser.parseString(text(Format.JSON, new Report("", Results.tinySample(), Results.OK)))
            .getAsJsonObject();
    JsonObject slice = json.getAsJsonArray("intervals").get(5).getAsJsonObject();
    JsonParser.parseString(changes).getAsJsonObject().entrySet().stream()
        .forEach(each -> slice.add(each.getKey(), each.getValue()));

    assertThatThrownBy(() -> ResultFile.read(json.toString(), "f"))
        .isInstanceOf(ResultFormatException.class)
        .hasMessage(expected);
  }

  @Test
  void saysThatAFileIsCutOffWhereverItIs() throws Exception {
    Report report = new Report("run 1", Results.tinySample(), Results.OK);
    for (Format format : List.of(Format.JSON, Format.JSONL)) {
      String text = text(format, report).stripTrailing();
      for (int length = text.length() - 1; length > text.length() - 400; length--) {
        String cut = text.substring(0, length);
        assertThatThrownBy(() -> ResultFile.read(cut, "f.json"))
            .as("%s to %d", format, length)
            .isInstanceOf(ResultFormatException.class)
            .hasMessageMatching(
                "f\\.json( line \\d+)? (is cut off: it ends within a value|is no JSON:).*"
                    + "\\(expected: a file of bench --json\\)");
      }
    }
  }

  @Test
  void numbersTheLinesOfAFileAsAnEditorDoes() throws IOException {
    String text = text(Format.JSONL, new Report("run 1", Results.tinySample(), Results.OK));

    assertThatThrownBy(() -> ResultFile.read("\n\n" + text + "\n{\"schema\": nonsense}\n", "f"))
        .hasMessage(
            "f line "
                + (text.lines().count() + 4)
                + " is no JSON: column 12 makes no sense (expected: a file of bench --json)");
  }

  @Test
  void hasTheBoundsOfTheTextInJsonWhereNothingCameBack() throws Exception {
    LoadResult silent =
        SampleResult.of()
            .missing(10_000, Duration.ofSeconds(5))
            .without(Measure.RESPONSE)
            .without(Measure.SERVICE)
            .build();

    JsonObject times =
        JsonParser.parseString(text(Format.JSON, new Report("", silent, Results.OK)))
            .getAsJsonObject()
            .getAsJsonObject("times");

    JsonObject response = times.getAsJsonObject("response");
    assertThat(response.get("count").getAsLong()).isZero();
    assertThat(response.get("p99Nanos").getAsLong()).isBetween(4_990_000_000L, 5_010_000_000L);
    assertThat(response.get("meanNanos").isJsonNull()).isTrue();
    assertThat(response.getAsJsonArray("atLeast")).hasSize(6);
    assertThat(times.has("service")).isFalse();
    LoadResult read = read(Format.JSON, new Report("r", silent, Results.OK)).get(0).result();
    assertThat(read.quantile(Measure.RESPONSE, 99))
        .isEqualTo(silent.quantile(Measure.RESPONSE, 99));
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "JSON", "JSONL", "CSV", "HTML", "HGRM", "HLOG"})
  void showsNothingOfANameThatWouldDriveATerminal(Format format) throws Exception {
    String name = "\u001b]0;owned\u0007\u009b31m\u202e\u007f\ud83d\ude00\u2028\udb40\udc01";
    Report one = new Report(name, Results.tinySample(), Results.OK);
    Report two = new Report(name + 2, Results.tinySample(), Results.OK);

    for (String text : List.of(text(format, one), text(format, one, two))) {
      assertThat(text.replaceAll("(?s)<script.*?</script>", ""))
          .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u202e\u2028]")
          .doesNotContain("\udb40\udc01");
    }
    if (format == Format.JSON || format == Format.JSONL) {
      assertThat(read(format, one, two)).containsExactly(one, two);
    }
  }

  @Test
  void refusesWhatIsNoResultAtAll() throws Exception {
    Path file = directory.resolve("file");
    for (String text : List.of("", "[]", "null", "{}", "hello", "{}{}", "1", "{\"schema\":4}")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> ResultFile.read(file))
          .as(text)
          .isInstanceOf(ResultFormatException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageNotContaining("\n");
    }
    Files.write(file, new byte[] {(byte) 0xff, 0, 1});
    assertThatThrownBy(() -> ResultFile.read(file)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> ResultFile.read(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void saysThatARunWasCutShortBeforeItsResult() throws Exception {
    String text = text(Format.JSONL, new Report("", Results.openLoop(), Results.OK));
    Path file = directory.resolve("cut.jsonl");
    Files.writeString(file, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));

    assertThatThrownBy(() -> ResultFile.read(file))
        .hasMessage(file + " holds no result, only intervals of a run");
  }

  @Test
  void survivesAnyDamage() throws Exception {
    String text = text(Format.JSON, new Report("r", Results.wrongEchoes(), Results.unmet()));
    SplittableRandom random = new SplittableRandom(Results.SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder damaged = new StringBuilder(text);
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> damaged.setCharAt(at, (char) random.nextInt(32, 127));
        case 1 -> damaged.delete(at, Math.min(text.length(), at + random.nextInt(1, 100)));
        default -> damaged.insert(at, random.nextInt());
      }

      Throwable thrown = catchThrowable(() -> ResultFile.read(damaged.toString(), "file"));

      if (thrown != null) {
        assertThat(thrown)
            .as("mutation %d at %d, seed %d", i, at, Results.SEED)
            .isInstanceOf(ResultFormatException.class)
            .hasMessageNotContaining("\n");
      }
    }
  }

  private List<Report> read(Format format, Report... reports) throws Exception {
    return ResultFile.read(write(format, reports));
  }

  private Path write(Format format, Report... reports) throws IOException {
    return Files.writeString(directory.resolve("result." + format), text(format, reports));
  }

  private static String text(Format format, Report... reports) throws IOException {
    StringBuilder out = new StringBuilder();
    Renderer.of(format).render(List.of(reports), out);
    return out.toString();
  }
}
