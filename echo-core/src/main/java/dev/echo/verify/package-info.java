/** What became of a message whose echo is not what was sent: one word for each, for everybody. */
@NullMarked
package dev.echo.verify;

import org.jspecify.annotations.NullMarked;
