/**
 * What each message of a measurement is, byte for byte, and what became of one that came back
 * wrong.
 */
@NullMarked
package dev.echo.payload;

import org.jspecify.annotations.NullMarked;
