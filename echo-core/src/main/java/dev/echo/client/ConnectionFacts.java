package dev.echo.client;

import dev.echo.pipeline.Opened;
import java.net.SocketAddress;

/** What is known of a connection once it is made. */
record ConnectionFacts(SocketAddress local, SocketAddress remote, Opened opened) {}
