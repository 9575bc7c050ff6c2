package dev.echo.report;

import dev.echo.load.Assessment;
import dev.echo.load.LoadResult;

/**
 * What is rendered and saved: a result and what it comes to.
 *
 * @param name tells it from others, as a file name or the number of a run; empty if there is
 *     nothing to tell it from
 * @param result what was measured
 * @param assessment the verdict
 */
public record Report(String name, LoadResult result, Assessment assessment) {}
