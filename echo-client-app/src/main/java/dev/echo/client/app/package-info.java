/**
 * The command line of the client. A command turns its options into a configuration; a run connects,
 * feeds the messages to all connections and reports what came back; the worst that was seen is the
 * exit status.
 */
@NullMarked
package dev.echo.client.app;

import org.jspecify.annotations.NullMarked;
