package dev.echo.server;

import dev.echo.endpoint.Endpoint;
import io.netty.channel.Channel;

/**
 * Where a server listens.
 *
 * @param endpoint with the address and the port that the system chose
 * @param channel of the listener
 */
record BoundListener(Endpoint endpoint, Channel channel) {}
