/**
 * Watches a path, a message at a time: a plan in, a result out. Each ping is verified byte by byte;
 * one that does not come back is missing, and a connection that is lost is made again.
 */
@NullMarked
package dev.echo.ping;

import org.jspecify.annotations.NullMarked;
