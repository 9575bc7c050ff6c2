package dev.echo.client.app;

import dev.echo.load.LoadPlan;

/**
 * What one {@code bench} does.
 *
 * @param plan of each run
 * @param hint what may have been meant if nobody answers; empty if the words were clear
 * @param expectation of the runs
 * @param outputs where results go; open
 * @param verbosity of standard error
 */
record BenchConfig(
    LoadPlan plan, String hint, Expectation expectation, Outputs outputs, Verbosity verbosity) {}
