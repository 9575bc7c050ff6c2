package dev.echo.load;

import dev.echo.client.Stamps;
import dev.echo.text.EscapedText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How metrics are called, and which plans have them. */
final class MetricNames {
  static final String MEAN = "mean";

  private static final int MAX_SHOWN = 40;
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,3}(?:\\.\\d{1,6})?)");
  private static final String OTHER_TIMES =
      Arrays.stream(Measure.values())
          .filter(measure -> measure != Measure.RESPONSE)
          .map(measure -> measure + ".")
          .collect(Collectors.joining(" "));
  private static final String EXPECTED =
      " (expected: p50, p99, p99.9, min, mean, max, of another time "
          + OTHER_TIMES
          + ", as service.p99; missing, wrong, surplus, lost, late, duplicated, reordered, sent, rate)";

  private MetricNames() {}

  static Metric parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    for (CountMetric count : CountMetric.values()) {
      if (count.toString().equals(name)) {
        return count;
      }
      if (count.isShare() && (count + ShareMetric.SIGN).equals(name)) {
        return new ShareMetric(count);
      }
    }
    for (Measure measure : Measure.values()) {
      if (name.startsWith(measure + ".")) {
        return time(measure, name.substring(measure.toString().length() + 1))
            .orElseThrow(() -> unknown(name));
      }
    }
    return time(Measure.RESPONSE, name).orElseThrow(() -> unknown(name));
  }

  private static Optional<Metric> time(Measure measure, String statistic) {
    Matcher percentile = PERCENTILE.matcher(statistic);
    if (percentile.matches()) {
      double percent = Double.parseDouble(percentile.group(1));
      if (percent > 100) {
        throw new IllegalArgumentException(
            "'" + statistic + "' is no percentile (expected: at most p100, as p99.9)");
      }
      return Optional.of(new PercentileMetric(measure, percent));
    }
    return switch (statistic) {
      case "min" -> Optional.of(new PercentileMetric(measure, 0));
      case "max" -> Optional.of(new PercentileMetric(measure, 100));
      case MEAN -> Optional.of(new MeanMetric(measure));
      default -> Optional.empty();
    };
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "'" + EscapedText.of(name, MAX_SHOWN) + "' is no figure of a run" + EXPECTED);
  }

  /** What stands in front of the statistic: nothing for the response time. */
  static String prefix(Measure measure) {
    return measure == Measure.RESPONSE ? "" : measure + ".";
  }

  static void checkTime(Metric metric, Measure measure, LoadPlan plan) {
    boolean closed = plan.pace() instanceof Pace.Max;
    switch (measure) {
      case RESPONSE -> {
        if (closed) {
          throw new IllegalArgumentException(
              metric
                  + ": a closed loop has no response time, since nothing is due in it (expected: a"
                  + " rate, or service."
                  + metric
                  + ")");
        }
      }
      case LAG, OWN_LAG -> {
        if (closed) {
          throw new IllegalArgumentException(
              metric + ": a closed loop has no lag, since nothing is due in it (expected: a rate)");
        }
      }
      case RESIDENCE -> {
        if (plan.stamps() == Stamps.OFF) {
          throw new IllegalArgumentException(
              metric + ": messages without a stamp have no residence (expected: frames, stamped)");
        }
      }
      case SERVICE, CONNECT, HANDSHAKE, PAUSE -> {}
    }
  }
}
