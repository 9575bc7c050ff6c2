/**
 * The command line of the server: options in, a running {@code EchoServer} and a few lines of text
 * out.
 */
@NullMarked
package dev.echo.server.app;

import org.jspecify.annotations.NullMarked;
