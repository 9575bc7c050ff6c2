/**
 * The wire, version 1: the preface, the layout of a frame and its stamp, and the codec. Byte
 * offsets of the protocol exist in this package and nowhere else; {@code docs/protocol.md} is its
 * prose.
 */
@NullMarked
package dev.echo.frame;

import org.jspecify.annotations.NullMarked;
