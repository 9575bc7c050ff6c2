/**
 * Endpoints as values, the URIs that name them, and the transport (NIO, epoll, io_uring, kqueue)
 * that carries them.
 */
@NullMarked
package dev.echo.endpoint;

import org.jspecify.annotations.NullMarked;
