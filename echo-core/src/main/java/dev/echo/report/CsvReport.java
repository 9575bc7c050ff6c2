package dev.echo.report;

import dev.echo.load.DatagramEvents;
import dev.echo.load.Interval;
import dev.echo.metrics.Distribution;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** A line for each interval (RFC 4180, but for line feeds). A cell without a value is empty. */
final class CsvReport implements Renderer {
  private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p999");
  private static final List<Double> PERCENTS = List.of(50.0, 90.0, 99.0, 99.9);
  private static final double NANOS = 1e9;

  @Override
  public void render(List<Report> reports, Appendable out) throws IOException {
    out.append(header());
    for (Report report : reports) {
      for (Interval interval : report.result().intervals()) {
        out.append(line(report.name(), interval));
      }
    }
  }

  static String header() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "run",
                "from_s",
                "length_s",
                "warmup",
                "sent",
                "echoed",
                "wrong",
                "echoed_per_s",
                "max_pause_ns"));
    for (String time : List.of("response", "service")) {
      PERCENTILES.forEach(each -> names.add(time + "_" + each + "_ns"));
      names.add(time + "_max_ns");
    }
    names.addAll(List.of("lost", "late", "duplicated", "reordered"));
    names.addAll(List.of("due", "missing", "surplus"));
    return String.join(",", names) + "\n";
  }

  static String line(String run, Interval interval) {
    List<String> cells = new ArrayList<>();
    cells.add(quoted(TextLines.printable(run)));
    cells.add(seconds(interval.from()));
    cells.add(seconds(interval.length()));
    cells.add(Boolean.toString(interval.warmup()));
    cells.add(Long.toString(interval.sent()));
    cells.add(Long.toString(interval.echoed()));
    cells.add(Long.toString(interval.wrong()));
    cells.add(perSecond(interval));
    cells.add(Long.toString(interval.maxPause().toNanos()));
    times(cells, interval.response());
    times(cells, interval.service());
    DatagramEvents datagrams = interval.datagrams();
    cells.add(Long.toString(datagrams.lost()));
    cells.add(Long.toString(datagrams.late()));
    cells.add(Long.toString(datagrams.duplicated()));
    cells.add(Long.toString(datagrams.reordered()));
    cells.add(Long.toString(interval.due()));
    cells.add(Long.toString(interval.missing()));
    cells.add(Long.toString(interval.surplus()));
    return String.join(",", cells) + "\n";
  }

  private static void times(List<String> cells, Distribution times) {
    Histogram histogram = times.histogram();
    for (double percent : PERCENTS) {
      cells.add(
          times.carries(percent) ? Long.toString(histogram.getValueAtPercentile(percent)) : "");
    }
    cells.add(times.isEmpty() ? "" : Long.toString(times.maxNanos()));
  }

  private static String perSecond(Interval interval) {
    double seconds = interval.length().toNanos() / NANOS;
    return interval.carriesRate() ? Long.toString(Math.round(interval.echoed() / seconds)) : "";
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
