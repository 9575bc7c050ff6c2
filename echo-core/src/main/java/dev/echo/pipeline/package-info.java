/** The order of the handlers: the only code that calls {@code addLast}. */
@NullMarked
package dev.echo.pipeline;

import org.jspecify.annotations.NullMarked;
