/**
 * The echo itself: which mode a connection speaks, frames by cut-through, and the handler that
 * writes back what was read and finishes when there is no more.
 */
@NullMarked
package dev.echo.echo;

import org.jspecify.annotations.NullMarked;
