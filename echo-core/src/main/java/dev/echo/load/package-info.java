/**
 * Measures a path under load: a plan in, a result out. Messages are sent when they are due, every
 * byte that comes back is verified, and the time of each is counted from when it was due.
 */
@NullMarked
package dev.echo.load;

import org.jspecify.annotations.NullMarked;
