package dev.echo.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The percentile distribution that HdrHistogram's tools plot, in milliseconds: of the response
 * time, in closed loop of the service time, missing messages ranked as at least their age. Behind
 * each follows a comment that says which it is.
 */
final class HgrmReport implements Renderer {
  private static final double MILLISECOND = 1e6;
  private static final int TICKS_PER_HALF = 5;

  @Override
  public void render(List<Report> reports, Appendable out) throws IOException {
    for (Report report : reports) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (PrintStream print = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
        MainTime.ranked(report.result())
            .histogram()
            .outputPercentileDistribution(print, TICKS_PER_HALF, MILLISECOND);
      }
      out.append(bytes.toString(StandardCharsets.UTF_8));
      out.append(comment(report));
    }
  }

  private static String comment(Report report) {
    long missing = report.result().missingAges().count();
    return String.format(
        Locale.ROOT,
        "#[%s time in ms%s%s]\n",
        MainTime.of(report.result()),
        report.name().isEmpty() ? "" : " of " + TextLines.printable(report.name()),
        missing == 0 ? "" : ", " + Numbers.count(missing) + " missing as at least their age");
  }
}
