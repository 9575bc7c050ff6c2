package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.load.LoadCounts;
import dev.echo.load.Measure;
import dev.echo.report.Report;
import dev.echo.report.ResultFile;
import dev.echo.report.ResultFormatException;
import dev.echo.server.EchoServer;
import dev.echo.testing.JarProcess;
import dev.echo.testing.PeerProgram;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Short runs of the jar. On a busy machine an honest run may call itself invalid (6), so those that
 * have to end with 0 are closed loops, which have no schedule to be late for.
 */
@Timeout(180)
class BenchIT {
  private static EchoServer server;
  private static String target;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .join();
    target = server.endpoints().get(0).toString();
  }

  @AfterAll
  static void stop() {
    server.close().toCompletableFuture().join();
  }

  @ParameterizedTest
  @CsvSource({"aware, frames", "aware, stream", "socat, frames", "socat, stream"})
  void getsBackWhatWasDueFromEveryKindOfPeer(String kind, String mode)
      throws IOException, ResultFormatException {
    Path saved = folder.resolve("a.jsonl");
    try (PeerProcess peer = PeerProcess.socat();
        JarProcess client =
            bench(
                kind.equals("aware") ? target : "127.0.0.1:" + peer.port(),
                ("-d 1s --warmup 200ms -r 500 -c 2 --json -q --mode " + mode + " -o " + saved))) {
      assertThat(client.exitStatus()).as(client.toString()).isIn(0, 6);

      Report report = ResultFile.read(saved).get(0);
      LoadCounts counts = report.result().counts();
      assertThat(counts.due()).isEqualTo(500);
      assertThat(counts.echoed()).isEqualTo(500);
      assertThat(report.result().time(Measure.RESPONSE).count()).isEqualTo(500);
      boolean isAware = kind.equals("aware") && mode.equals("frames");
      assertThat(report.result().time(Measure.RESIDENCE).isEmpty()).isEqualTo(!isAware);
      assertThat(report.assessment().status().code()).isEqualTo(client.exitStatus());
    }
  }

  @Test
  void showsPeopleAReportAndHowItGoesOn() {
    try (JarProcess client = bench(target, "-d 1s --warmup 200ms -r max -I 500ms")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).contains("NO RESPONSE TIME", "service", "verdict", "ok");
      assertThat(client.err()).contains("warm-up", "p99").doesNotContain("\033");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "service.max>1m, 5, unmet",
    "service.p99.9999<1m, 6, invalid",
    "'missing=0,wrong=0,lost=0,sent>=1,service.max<1m', 0, ok"
  })
  void endsByWhatWasExpected(String expected, int status, String word) {
    try (JarProcess client =
        bench(target, "-d 300ms --warmup 100ms -r max -q --expect " + expected)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(status);
      assertThat(client.out()).contains(word);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--find-max p99<5ms", "--new-connections -n 1 --timeout 1s"})
  void threeWhenNobodyListens(String words) {
    String port = Integer.toString(PeerProcess.freePort());
    try (JarProcess client = bench("127.0.0.1:" + port, "--warmup 0s " + words)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(3);
      assertThat(client.err())
          .startsWith("cannot connect to tcp://127.0.0.1:" + port + ": refused");
    }
  }

  @Test
  void oneWhenABitIsWrong() {
    try (PeerProcess peer = PeerProcess.python("flip 5050");
        JarProcess client =
            bench("127.0.0.1:" + peer.port(), "-d 1s --warmup 0s -r max --timeout 1s -q")) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(1);
      assertThat(client.out()).contains("corrupt");
    }
  }

  @Test
  void fourWhenAnEchoIsMissing() {
    try (PeerProcess peer = PeerProcess.python("silent");
        JarProcess client =
            bench("127.0.0.1:" + peer.port(), "-d 300ms --warmup 0s -r 100 --timeout 500ms")) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(4);
      assertThat(client.out()).contains("never came back");
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void printsWhatWasMeasuredWhenInterrupted(String signal, int status) {
    try (JarProcess client = bench(target, "-d 10m --warmup 100ms -r max -I 100ms")) {
      client.awaitErr(" 0.5s ");

      client.signal(signal);

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(status);
      assertThat(client.out()).contains("interrupted after", "verdict");
    }
  }

  @Test
  void wrongEchoSeenBeforeWinsOverTheSignal() {
    try (PeerProcess peer = PeerProcess.python("flip 5050");
        JarProcess client =
            bench("127.0.0.1:" + peer.port(), "-d 10m --warmup 0s -r 1k --timeout 1s")) {
      client.awaitErr("corrupt");

      client.signal("INT");

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(1);
    }
  }

  @Test
  void writesEachFormatThatItCanReadAgain() throws IOException, ResultFormatException {
    Path json = folder.resolve("a.json");
    Path html = folder.resolve("a.html");
    Path hlog = folder.resolve("a.hlog");
    Path hgrm = folder.resolve("a.hgrm");
    String files = " -o " + json + " --html " + html + " --hlog " + hlog + " --hgrm " + hgrm;
    try (JarProcess client =
        bench(target, "-d 500ms --warmup 100ms -r max -q --format json --repeat 2" + files)) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).isEmpty();
      assertThat(client.err()).isEmpty();
    }

    assertThat(ResultFile.read(json)).extracting(Report::name).containsExactly("run 1", "run 2");
    assertThat(html).content().startsWith("<!DOCTYPE html>").contains("run 2");
    assertThat(hgrm).content().contains("#[Mean ");
    assertThat(histograms(hlog)).isNotEmpty();
    try (JarProcess report =
        JarProcess.start(ClientJar.PATH, "report", json.toString(), "--format", "csv")) {
      assertThat(report.exitStatus()).as(report.toString()).isZero();
      assertThat(report.out().lines().toList())
          .hasSizeGreaterThan(2)
          .first()
          .asString()
          .contains("run");
    }
  }

  @Test
  void comparesWithABaselineOfTheSameSettingsOnly() {
    Path before = folder.resolve("before.jsonl");
    String settings = "-n 3000 --warmup 100ms -r max -q";
    try (JarProcess client = bench(target, settings + " --json -o " + before)) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
    }
    String baseline = " --max-regress 100000% --baseline " + before;

    try (JarProcess same = bench(target, settings + baseline);
        JarProcess other = bench(target, settings + baseline + " -c 2");
        JarProcess over = bench(target, settings + baseline + " -o " + before);
        JarProcess both =
            JarProcess.start(ClientJar.PATH, "report", before.toString(), before.toString())) {
      assertThat(same.exitStatus()).as(same.toString()).isZero();
      assertThat(same.out()).contains("within 100000% of", "not assessable");
      assertThat(other.exitStatus()).as(other.toString()).isEqualTo(2);
      assertThat(other.err()).contains("with other settings: connections 2, was 1");
      assertThat(over.exitStatus()).as(over.toString()).isEqualTo(2);
      assertThat(over.err()).contains("read or written twice");
      assertThat(both.exitStatus()).as(both.toString()).isZero();
      assertThat(both.out()).contains("before.jsonl");
    }
  }

  @Test
  void writesObjectsLineByLineForPrograms() {
    try (JarProcess client = bench(target, "-d 300ms --warmup 100ms -r max --json")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out().lines().map(JsonParser::parseString).toList())
          .hasSizeGreaterThan(1)
          .allSatisfy(line -> assertThat(line.getAsJsonObject().has("kind")).isTrue());
      assertThat(client.err()).contains("verdict: ok");
    }
  }

  @Test
  void redrawsOneLineOnATerminal() {
    String words = "bench " + target + " -d 1s --warmup 500ms -r max -I 200ms";
    String script = PeerProgram.SCRIPT.path() + " -qec \"$* " + words + "\" /dev/null";
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH)
            .through("bash", "-c", script + " < /dev/null", "bash")
            .environment("TERM", "xterm")
            .start()) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).contains("\r\033[K", "--] ", " warm-up ", " left ", "verdict");
    }
  }

  @Test
  void sendLoadsNothingOfIt() {
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH).jvm("-Xlog:class+load").start(target, "-m", "x")) {
      assertThat(client.exitStatus()).isZero();
      assertThat(client.out())
          .contains("dev.echo.client.app.SendRun")
          .doesNotContain("dev.echo.load.", "dev.echo.report.", "org.HdrHistogram");
    }
  }

  private static JarProcess bench(String target, String words) {
    List<String> all = new ArrayList<>(List.of("bench", target));
    all.addAll(List.of(words.strip().split(" +")));
    return JarProcess.start(ClientJar.PATH, all.toArray(String[]::new));
  }

  private static List<EncodableHistogram> histograms(Path log) throws FileNotFoundException {
    List<EncodableHistogram> histograms = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
      while (reader.hasNext()) {
        histograms.add(reader.nextIntervalHistogram());
      }
    }
    return histograms;
  }
}
