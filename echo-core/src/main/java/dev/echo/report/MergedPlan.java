package dev.echo.report;

import dev.echo.load.Amount;
import dev.echo.load.Host;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadPlanBuilder;
import dev.echo.load.LoadResult;
import dev.echo.load.Pace;
import dev.echo.load.PlanDifference;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What several machines were asked for together, and what they are. */
final class MergedPlan {
  /** What depends on the machine. */
  private static final List<String> MAY_DIFFER =
      List.of(PlanDifference.LOOPS, PlanDifference.TRANSPORT);

  private MergedPlan() {}

  /**
   * Adds up what was asked for.
   *
   * @throws MergeException if the plans differ
   */
  static LoadPlan plan(List<Report> reports) throws MergeException {
    Report first = reports.get(0);
    LoadPlan plan = first.result().plan();
    long connections = 0;
    long loops = 0;
    for (Report each : reports) {
      LoadPlan other = each.result().plan();
      List<String> differences = differences(plan, other);
      if (!differences.isEmpty()) {
        throw new MergeException(
            TextLines.printable(first.name() + " and " + each.name())
                + " are of different plans: "
                + TextLines.printable(String.join("; ", differences)));
      }
      connections += other.connections();
      loops += other.loops();
    }
    if (connections > LoadPlan.MAX_CONNECTIONS) {
      throw new MergeException(
          Numbers.count(connections)
              + " connections together (expected: at most "
              + Numbers.count(LoadPlan.MAX_CONNECTIONS)
              + ")");
    }
    LoadPlanBuilder sum =
        plan.toBuilder()
            .connections((int) connections)
            .loops((int) Math.min(loops, Integer.MAX_VALUE));
    if (plan.pace() instanceof Pace.PerSecond open) {
      double rate = open.messages() * reports.size();
      sum.pace(Pace.perSecond(Math.min(rate, 1e9)));
    }
    if (plan.amount() instanceof Amount.Messages messages) {
      sum.amount(new Amount.Messages(messages.count() * reports.size()));
    }
    return sum.build();
  }

  private static List<String> differences(LoadPlan one, LoadPlan other) {
    return PlanDifference.between(one, other).stream()
        .filter(each -> !MAY_DIFFER.contains(each.setting()))
        .map(each -> each.setting() + ": " + each.before() + " and " + each.after())
        .toList();
  }

  static Host host(List<LoadResult> results) {
    List<Host> hosts = results.stream().map(LoadResult::host).toList();
    return new Host(
        hosts.stream().map(Host::name).collect(Collectors.joining(" + ")),
        distinct(hosts, Host::system),
        hosts.stream().mapToInt(Host::processors).sum(),
        distinct(hosts, Host::java),
        distinct(hosts, Host::netty),
        distinct(hosts, Host::transport),
        hosts.stream().mapToInt(Host::loops).sum(),
        distinct(hosts, Host::echo));
  }

  private static String distinct(List<Host> hosts, Function<Host, String> part) {
    return hosts.stream().map(part).distinct().collect(Collectors.joining(" + "));
  }
}
