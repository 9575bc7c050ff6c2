/**
 * What happens, seen from outside: one observer of a server's connections, and an observer that
 * counts.
 */
@NullMarked
package dev.echo.metrics;

import org.jspecify.annotations.NullMarked;
