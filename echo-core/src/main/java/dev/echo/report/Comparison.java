package dev.echo.report;

import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.Assessment.Check;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Quantile;
import dev.echo.load.Quantile.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Several results side by side. The first is what the others are compared with.
 *
 * @param names of the results, none of them empty
 * @param unit of the times
 * @param common settings that are the same in all
 * @param settings that are not the same in all, a cell for each result
 * @param clients what is known of the machines, a cell for each result
 * @param figures a cell for each result
 * @param conditions that any of them had to meet, a cell for each result
 * @param reports what is compared
 */
record Comparison(
    List<String> names,
    String unit,
    List<Fact> common,
    List<Row> settings,
    List<Row> clients,
    List<Row> figures,
    List<Row> conditions,
    List<Report> reports) {

  private static final List<Measure> MEASURES =
      List.of(Measure.RESPONSE, Measure.SERVICE, Measure.LAG, Measure.RESIDENCE);
  private static final List<Double> PERCENTS = List.of(50.0, 90.0, 99.0, 99.9, 100.0);

  /**
   * One line.
   *
   * @param label what it is about
   * @param cells one for each result
   */
  record Row(String label, List<Cell> cells) {
    boolean isSame() {
      return cells.stream().distinct().count() == 1;
    }

    Fact first() {
      return new Fact(label, cells.get(0).text());
    }
  }

  /**
   * One result's value.
   *
   * @param text the value
   * @param change from the first result's, as in {@code +3.1%}; empty if that says nothing
   */
  record Cell(String text, String change) {
    static Cell of(String text) {
      return new Cell(text, "");
    }
  }

  static Comparison of(List<Report> reports) {
    List<LoadResult> results = reports.stream().map(Report::result).toList();
    Scale scale = Scale.of(results);
    List<List<Fact>> plans = results.stream().map(LoadResult::plan).map(PlanFacts::of).toList();
    List<List<Fact>> hosts = results.stream().map(LoadResult::host).map(Facts::host).toList();
    // Each run has a seed of its own; that says nothing about the comparison.
    Predicate<Row> isSetting = row -> !row.label.equals(PlanFacts.SEED);
    List<Row> settings = rows(plans).stream().filter(isSetting).toList();
    return new Comparison(
        names(reports),
        scale.unit(),
        settings.stream().filter(Row::isSame).map(Row::first).toList(),
        settings.stream().filter(row -> !row.isSame()).toList(),
        rows(hosts),
        figures(reports, scale),
        conditions(reports),
        reports);
  }

  /** Of all results, each with the name of its own. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      String name = names.get(i);
      reports.get(i).assessment().warnings().forEach(each -> warnings.add(name + ": " + each));
    }
    return warnings;
  }

  private static List<String> names(List<Report> reports) {
    return IntStream.range(0, reports.size())
        .mapToObj(
            i -> reports.get(i).name().isEmpty() ? "result " + (i + 1) : reports.get(i).name())
        .toList();
  }

  /** The same facts of all. */
  private static List<Row> rows(List<List<Fact>> all) {
    return IntStream.range(0, all.get(0).size())
        .mapToObj(
            i ->
                new Row(
                    all.get(0).get(i).label(),
                    all.stream().map(facts -> Cell.of(facts.get(i).text())).toList()))
        .toList();
  }

  private static List<Row> conditions(List<Report> reports) {
    List<Row> rows = new ArrayList<>();
    reports.stream()
        .flatMap(each -> each.assessment().checks().stream())
        .map(Check::condition)
        .distinct()
        .forEach(
            condition ->
                rows.add(
                    new Row(
                        condition, reports.stream().map(each -> cell(each, condition)).toList())));
    return List.copyOf(rows);
  }

  private static Cell cell(Report report, String condition) {
    return Cell.of(
        report.assessment().checks().stream()
            .filter(each -> each.condition().equals(condition))
            .map(Sentences::outcome)
            .findFirst()
            .orElse(Numbers.NONE));
  }

  private static List<Row> figures(List<Report> reports, Scale scale) {
    List<LoadResult> results = reports.stream().map(Report::result).toList();
    List<Row> rows = new ArrayList<>();
    double first = results.get(0).rate();
    rows.add(new Row("rate", results.stream().map(each -> rate(first, each)).toList()));
    rows.add(counts("echoed", results, each -> each.counts().echoed()));
    rows.add(counts("missing", results, each -> each.counts().missing()));
    rows.add(counts("wrong", results, each -> each.counts().wrong()));
    rows.add(counts("surplus", results, each -> each.counts().surplus()));
    rows.add(counts("lost", results, each -> each.connections().lost() + each.datagrams().lost()));
    if (results.stream().anyMatch(each -> each.plan().endpoint() instanceof UdpEndpoint)) {
      rows.add(counts("late", results, each -> each.datagrams().late()));
      rows.add(counts("duplicated", results, each -> each.datagrams().duplicated()));
      rows.add(counts("reordered", results, each -> each.datagrams().reordered()));
    }
    for (Measure measure : MEASURES) {
      for (double percent : PERCENTS) {
        Row row = quantiles(measure, percent, results, scale);
        if (row.cells.stream().anyMatch(cell -> !cell.text.equals(Numbers.NONE))) {
          rows.add(row);
        }
      }
    }
    rows.add(
        new Row(
            "verdict",
            reports.stream().map(each -> Cell.of(each.assessment().status().word())).toList()));
    return List.copyOf(rows);
  }

  private static Cell rate(double first, LoadResult result) {
    return result.carriesRate()
        ? new Cell(Numbers.rate(result.rate()), change(first, result.rate()))
        : Cell.of(Numbers.NONE);
  }

  private static Row counts(String label, List<LoadResult> all, ToLongFunction<LoadResult> value) {
    return new Row(
        label, all.stream().map(each -> Cell.of(Numbers.count(value.applyAsLong(each)))).toList());
  }

  private static Row quantiles(
      Measure measure, double percent, List<LoadResult> results, Scale scale) {
    List<Quantile> all = results.stream().map(each -> each.quantile(measure, percent)).toList();
    Quantile first = all.get(0);
    String head = TimesTable.HEADS.get(TimesTable.PERCENTS.indexOf(percent));
    return new Row(
        measure + " " + head,
        all.stream().map(each -> new Cell(scale.text(each), change(first, each))).toList());
  }

  private static String change(Quantile first, Quantile other) {
    boolean isExact = first.bound() == Bound.EXACT && other.bound() == Bound.EXACT;
    return isExact ? change((double) first.nanos(), (double) other.nanos()) : "";
  }

  private static String change(double first, double other) {
    return first == 0 || first == other ? "" : Numbers.change(first, other);
  }
}
