package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.load.Interval;
import dev.echo.testing.Results;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportStreamTest {
  private static final List<Report> REPORTS =
      List.of(
          new Report("run 1", Results.openLoop(), Results.OK),
          new Report("run 2", Results.withMissing(), Results.unmet()));

  @ParameterizedTest
  @EnumSource
  void writesWhatTheRendererWritesOfTheSameReports(Format format) throws IOException {
    StringBuilder streamed = new StringBuilder();
    ReportStream stream = ReportStream.of(format, streamed);
    for (Report report : REPORTS) {
      for (Interval interval : report.result().intervals()) {
        stream.interval(report.name(), interval);
      }
      stream.report(report);
    }
    stream.finish();

    StringBuilder rendered = new StringBuilder();
    Renderer.of(format).render(REPORTS, rendered);
    assertThat(streamed).hasToString(rendered.toString());
  }

  @ParameterizedTest
  @EnumSource(names = {"CSV", "JSONL"})
  void writesALineAsSoonAsAnIntervalIsOver(Format format) throws IOException {
    StringBuilder out = new StringBuilder();
    ReportStream stream = ReportStream.of(format, out);

    stream.interval("run", Results.openLoop().intervals().get(0));

    assertThat(out.toString()).endsWith("\n").contains("run");
  }

  @Test
  void writesNothingOfNothing() throws IOException {
    StringBuilder out = new StringBuilder();

    ReportStream.of(Format.HTML, out).finish();

    assertThat(out).isEmpty();
  }
}
