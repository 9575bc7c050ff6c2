/**
 * Who is at the other end of a server's connection: the address that the server believes in, lists
 * of networks, and the PROXY protocol, by which a proxy says whom it speaks for.
 */
@NullMarked
package dev.echo.caller;

import org.jspecify.annotations.NullMarked;
