package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.load.Assessment;
import dev.echo.load.LoadResult;
import dev.echo.testing.PeerProgram;
import dev.echo.testing.Results;
import dev.echo.text.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at the page as a browser has it after its scripts ran: needs {@code chromium}. */
class HtmlReportTest {
  private static final long DEADLINE_SECONDS = 60;

  @TempDir Path directory;

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of("everything came back", Results.openLoop()),
        Arguments.of("some are missing", Results.withMissing()),
        Arguments.of("closed loop", Results.closedLoop()),
        Arguments.of("thirty messages", Results.tinySample()),
        Arguments.of("wrong ones", Results.wrongEchoes()),
        Arguments.of("interrupted", Results.interrupted()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void drawsItsCurvesWithoutAnError(String name, LoadResult result) throws Exception {
    String page = open(render(new Report(name, result, Results.OK)));

    assertThat(Pattern.compile("<canvas").matcher(page).results().count()).isEqualTo(3);
    assertThat(page).contains("data-drawn=\"3\"").doesNotContain("data-script-error=");
    assertThat(page).contains("verdict: ok (status 0)");
  }

  @Test
  void showsWhatWasMeasured() throws Exception {
    String page = open(render(new Report("r", Results.withMissing(), Results.unmet())));

    assertThat(page)
        .contains("<h1>tcp://127.0.0.1:65432</h1>")
        .contains("verdict: unmet (status 5): p99 is 161 µs (expected: p99&lt;150us)")
        .contains("<th>rate</th>\n<td>19,960/s of 20,000/s</td>")
        .contains("<td>&gt;= 10.2 s</td>")
        .contains("<th>p99&lt;150us</th>\n<td class=\"failed\">FAILED, measured 161 µs</td>")
        .contains("at 7.25 s, connection 2: incomplete: connection lost")
        .contains("the rate was reached only in 9 of 10 intervals")
        .contains("<th>seed</th>\n<td>42</td>")
        .contains("<th>Java</th>\n<td>OpenJDK 17.0.9</td>");
  }

  @Test
  void saysLoudlyThatAClosedLoopHasNoResponseTime() throws Exception {
    assertThat(render(new Report("r", Results.closedLoop(), Results.OK)))
        .contains("<p class=\"loud\">NO RESPONSE TIME");
  }

  @Test
  void comparesSeveral() throws Exception {
    String page =
        open(
            render(
                new Report("one.json", Results.openLoop(), Results.OK),
                new Report("two.json", Results.withMissing(), Results.unmet()),
                new Report("", Results.closedLoop(), Results.OK)));

    assertThat(page).contains("data-drawn=\"3\"").doesNotContain("data-script-error=");
    assertThat(page)
        .contains("<h1>Echo: 3 results compared</h1>")
        .contains("two.json: unmet (status 5)")
        .contains("<th>p99&lt;150us</th>\n<td>-</td>\n<td>FAILED, measured 161 µs</td>\n<td>-</td>")
        .contains("two.json: the rate was reached only in 9 of 10 intervals")
        .contains("<th>payload</th>\n<td>64 bytes</td>")
        .contains("<th>Java</th>\n<td>OpenJDK 17.0.9</td>")
        .contains("<th>one.json</th>\n<th>two.json</th>\n<th>result 3</th>")
        .contains("<td>197 <span class=\"change\">+5.8%</span>\n</td>")
        .contains("two.json response, at least");
  }

  @Test
  void neitherRunsNorShowsMarkupThatComesFromOutside() throws Exception {
    String evil = "</script><script>document.title='gone'</script><b onload=x>&\"'\u202e";
    Assessment assessment =
        new Assessment(ExitStatus.WRONG, List.of(evil), List.of(), List.of(evil));

    String page = open(render(new Report(evil, Results.wrongEchoes(), assessment)));
    String compared =
        open(
            render(
                new Report(evil, Results.openLoop(), assessment),
                new Report(evil + 2, Results.openLoop(7), assessment)));

    for (String each : List.of(page, compared)) {
      assertThat(each).doesNotContain("<b onload").doesNotContain("data-script-error=");
      assertThat(each).contains("data-drawn=\"3\"").contains("<title>Echo: ");
      assertThat(each).contains("&lt;/script&gt;&lt;script&gt;document.title=");
      assertThat(each).contains("\\u202e").doesNotContain("\u202e");
    }
  }

  @Test
  void seesAScriptThatFails() throws Exception {
    String html = render(new Report("r", Results.openLoop(), Results.OK));

    String page = open(html.replace("drawAll();\n})();", "drawAll(nowhere);\n})();"));

    assertThat(page).contains("data-script-error=\"Uncaught ReferenceError: nowhere");
  }

  @Test
  void needsNoNetworkAndCarriesTheLicenceOfWhatItInlines() throws Exception {
    String html = render(new Report("r", Results.openLoop(), Results.OK));

    assertThat(html)
        .contains("default-src 'none'")
        .contains("The MIT License (MIT)")
        .containsPattern("uPlot \\d+\\.\\d+\\.\\d+\\.");
    assertThat(html).doesNotContain("{{").doesNotContain("src=").doesNotContain("<link");
    assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(150_000);
  }

  private static String render(Report... reports) throws IOException {
    StringBuilder out = new StringBuilder();
    Renderer.of(Format.HTML).render(List.of(reports), out);
    return out.toString();
  }

  /** The document as it is after its scripts ran. */
  private String open(String html) throws Exception {
    Path file = Files.writeString(directory.resolve("report.html"), html);
    Path dom = directory.resolve("dom.html");
    Path log = directory.resolve("chromium.log");
    Process chromium =
        PeerProgram.CHROMIUM
            .command(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + directory.resolve("profile"),
                "--virtual-time-budget=5000",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(chromium.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
          .as(() -> "chromium has ended; it wrote: " + read(log))
          .isTrue();
      String page = Files.readString(dom);
      // What is shown, without what draws it.
      return page.replaceAll("(?s)<script.*?</script>", "");
    } finally {
      chromium.descendants().forEach(ProcessHandle::destroyForcibly);
      chromium.destroyForcibly().waitFor();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
