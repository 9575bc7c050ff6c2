package dev.echo.client.app;

import dev.echo.load.Condition;
import dev.echo.load.LoadResult;
import java.util.List;

/**
 * What is done with a plan, and expected of it.
 *
 * @param conditions that each run has to meet
 * @param searched conditions whose highest rate is looked for; empty if the plan says the rate
 * @param repeat how many runs
 * @param baseline earlier runs; empty if there are none
 * @param maxRegress by which share a figure may be worse than there
 */
record Expectation(
    List<Condition> conditions,
    List<Condition> searched,
    int repeat,
    List<LoadResult> baseline,
    double maxRegress) {
  Expectation {
    conditions = List.copyOf(conditions);
    searched = List.copyOf(searched);
    baseline = List.copyOf(baseline);
  }
}
