/** The echo server: starts listeners, says where they are bound, drains and closes them. */
@NullMarked
package dev.echo.server;

import org.jspecify.annotations.NullMarked;
