/**
 * What is refused or slowed: connections in all and per source, idle and stalled time, and a peer
 * that does not read (back-pressure).
 */
@NullMarked
package dev.echo.limit;

import org.jspecify.annotations.NullMarked;
