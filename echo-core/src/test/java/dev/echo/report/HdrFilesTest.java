package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import dev.echo.metrics.Distribution;
import dev.echo.testing.Results;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdrFilesTest {
  @TempDir Path directory;

  @Test
  void writesThePercentileDistributionInMilliseconds() throws IOException {
    String text = render(Format.HGRM, Results.withMissing());

    assertThat(text.lines().toList())
        .first()
        .asString()
        .matches(" +Value +Percentile +TotalCount +1/\\(1-Percentile\\)");
    assertThat(text)
        .contains("#[Max     =    10401.874, Total count    =       200000]")
        .endsWith("#[response time in ms of a run, 400 missing as at least their age]\n");
  }

  @Test
  void writesServiceTimesWhereThereAreNoResponseTimes() throws IOException {
    assertThat(render(Format.HGRM, Results.closedLoop()))
        .contains("Total count    =       150000]")
        .endsWith("#[service time in ms of a run]\n");
  }

  @Test
  void writesALogThatHdrHistogramReads() throws IOException {
    LoadResult result = Results.openLoop();
    byte[] log = render(Format.HLOG, result).getBytes(StandardCharsets.UTF_8);

    List<Histogram> read = new ArrayList<>();
    HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log));
    while (reader.hasNext()) {
      Histogram histogram = (Histogram) reader.nextIntervalHistogram();
      if (histogram != null) {
        read.add(histogram);
      }
    }
    reader.close();

    List<Interval> measured = result.intervals().subList(2, 12);
    assertThat(read).hasSize(20);
    for (int i = 0; i < measured.size(); i++) {
      Histogram response = read.get(2 * i);
      Histogram service = read.get(2 * i + 1);
      long from = result.started().plus(measured.get(i).from()).toEpochMilli();
      assertThat(response.getTag()).isNull();
      assertThat(service.getTag()).isEqualTo("service");
      assertThat(Distribution.of(response)).isEqualTo(measured.get(i).response());
      assertThat(Distribution.of(service)).isEqualTo(measured.get(i).service());
      assertThat(response.getStartTimeStamp()).isCloseTo(from, within(1L));
      assertThat(response.getEndTimeStamp()).isCloseTo(from + 1000, within(1L));
    }
  }

  @Test
  void writesALogThatHdrHistogramsOwnProcessorReads() throws Exception {
    Path log = directory.resolve("run.hlog");
    Files.writeString(log, render(Format.HLOG, Results.openLoop()));
    Path out = directory.resolve("processed");

    HistogramLogProcessor processor =
        new HistogramLogProcessor(
            new String[] {
              "-i", log.toString(), "-o", out.toString(), "-outputValueUnitRatio", "1e6"
            });
    processor.start();
    processor.join(10_000);

    assertThat(processor.isAlive()).isFalse();
    // ten intervals and a legend, and the distribution of all of them
    assertThat(Files.readString(out).lines().filter(line -> line.matches("[0-9.]+: I:.*")))
        .hasSize(10)
        .allMatch(line -> line.contains("I:20000 "));
    assertThat(Files.readString(Path.of(out + ".hgrm"))).contains("Total count    =       200000]");
  }

  private static String render(Format format, LoadResult result) throws IOException {
    StringBuilder out = new StringBuilder();
    Renderer.of(format).render(List.of(new Report("a run", result, Results.OK)), out);
    return out.toString();
  }
}
