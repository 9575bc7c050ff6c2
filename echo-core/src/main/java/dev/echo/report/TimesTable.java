package dev.echo.report;

import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Quantile;
import dev.echo.load.Quantile.Bound;
import java.util.ArrayList;
import java.util.List;

/**
 * The times of a result, a row for each that was measured.
 *
 * @param scale the unit
 * @param rows in the order of {@link Measure}
 */
record TimesTable(Scale scale, List<Row> rows) {
  static final List<Double> PERCENTS = List.of(0.0, 50.0, 90.0, 99.0, 99.9, 100.0);
  static final List<String> HEADS = List.of("min", "p50", "p90", "p99", "p99.9", "max");

  /**
   * One time.
   *
   * @param measure which
   * @param quantiles for each of {@link #PERCENTS}
   */
  record Row(Measure measure, List<Quantile> quantiles) {
    String label() {
      return measure.toString().replace('-', ' ');
    }
  }

  static TimesTable of(LoadResult result) {
    List<Row> rows = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      Row row =
          new Row(
              measure,
              PERCENTS.stream().map(percent -> result.quantile(measure, percent)).toList());
      if (row.quantiles.stream().anyMatch(each -> each.bound() != Bound.NOT_CARRIED)) {
        rows.add(row);
      }
    }
    return new TimesTable(Scale.of(List.of(result)), List.copyOf(rows));
  }

  boolean has(Bound bound) {
    return rows.stream().anyMatch(row -> row.quantiles.stream().anyMatch(q -> q.bound() == bound));
  }

  boolean has(Measure measure) {
    return rows.stream().anyMatch(row -> row.measure == measure);
  }
}
