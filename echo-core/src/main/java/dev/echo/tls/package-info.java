/**
 * TLS 1.2 and 1.3: settings of both sides to handlers, certificates that are read again when their
 * files change, words for what goes wrong in a handshake, and the stages behind Netty's {@code
 * SslHandler} that make close_notify the end of a direction as package {@code duplex} knows it.
 */
@NullMarked
package dev.echo.tls;

import org.jspecify.annotations.NullMarked;
