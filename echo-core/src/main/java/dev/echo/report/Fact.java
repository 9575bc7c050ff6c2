package dev.echo.report;

/**
 * One thing that a report says.
 *
 * @param label what it is about
 * @param text what is so
 */
record Fact(String label, String text) {}
