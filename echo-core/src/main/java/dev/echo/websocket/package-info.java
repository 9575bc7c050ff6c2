/**
 * WebSocket (RFC 6455) without gathering: the opening handshake of both sides, the page that a
 * browser gets, and messages that pass in pieces. What the RFC calls a frame is called a fragment
 * here, since a frame is ours.
 */
@NullMarked
package dev.echo.websocket;

import org.jspecify.annotations.NullMarked;
