/**
 * How durations, sizes, a peer's bytes and what a program is are read from a command line and
 * written for people. Knows no other package of echo.
 */
@NullMarked
package dev.echo.text;

import org.jspecify.annotations.NullMarked;
