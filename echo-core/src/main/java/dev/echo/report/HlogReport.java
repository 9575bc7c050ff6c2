package dev.echo.report;

import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The interval log that HdrHistogram's own processor reads: the measured intervals without the
 * warm-up, by the moment an echo came back. The response time, in closed loop the service time, has
 * no tag, so that it is what a reader sees who asks for nothing; beside the response time, the
 * service time is tagged {@code service}.
 */
final class HlogReport implements Renderer {
  private static final double MILLISECOND = 1e6;
  private static final double SECOND = 1e9;

  @Override
  public void render(List<Report> reports, Appendable out) throws IOException {
    for (Report report : reports) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      HistogramLogWriter writer = new HistogramLogWriter(bytes);
      write(report, writer);
      writer.close();
      out.append(bytes.toString(StandardCharsets.UTF_8));
    }
  }

  private static void write(Report report, HistogramLogWriter writer) {
    LoadResult result = report.result();
    Measure main = MainTime.of(result);
    long started = result.started().toEpochMilli();
    writer.outputComment(
        "[echo " + TextLines.printable(report.name()) + ": " + main + " time, nanoseconds]");
    if (!result.missingAges().isEmpty()) {
      writer.outputComment(
          "[" + Numbers.count(result.missingAges().count()) + " missing messages are not in it]");
    }
    writer.outputLogFormatVersion();
    writer.outputStartTime(started);
    writer.setBaseTime(started);
    writer.outputBaseTime(started);
    writer.outputLegend();
    for (Interval interval : result.intervals()) {
      if (!interval.warmup()) {
        Histogram service = interval.service().histogram();
        if (main == Measure.RESPONSE) {
          write(writer, interval, interval.response().histogram());
          service.setTag(Measure.SERVICE.toString());
        }
        write(writer, interval, service);
      }
    }
  }

  private static void write(HistogramLogWriter writer, Interval interval, Histogram times) {
    double from = interval.from().toNanos() / SECOND;
    double to = from + interval.length().toNanos() / SECOND;
    writer.outputIntervalHistogram(from, to, times, MILLISECOND);
  }
}
