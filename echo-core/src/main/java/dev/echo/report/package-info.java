/**
 * Results as people and programs read them: text, JSON, JSON lines, CSV, HDR files and HTML. Reads
 * saved JSON back, compares several results, and makes one of several that ran at the same time.
 */
@NullMarked
package dev.echo.report;

import org.jspecify.annotations.NullMarked;
