/**
 * One connection to a peer that echoes: connect, send, and verify what comes back as the bytes
 * arrive, against what is being sent. Nothing is gathered, reading never stops while writing goes
 * on, and every way in which it can go wrong has a type of its own.
 */
@NullMarked
package dev.echo.client;

import org.jspecify.annotations.NullMarked;
