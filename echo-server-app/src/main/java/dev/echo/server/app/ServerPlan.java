package dev.echo.server.app;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.limit.Limits;
import dev.echo.pipeline.ServerFront;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line asks for.
 *
 * @param endpoints where to listen, one or more
 * @param mode how connections are read
 * @param transport the transport, or the best one
 * @param threads event loops for connections, 1 or more
 * @param limits all limits but the number of connections
 * @param maxConnections the number of connections, or as many as the process can serve
 * @param front what stands between the sockets and the echo
 * @param drainTimeout how long the end may take
 * @param verbosity how much to say
 */
record ServerPlan(
    List<Endpoint> endpoints,
    EchoMode mode,
    Optional<Transport> transport,
    int threads,
    Limits limits,
    OptionalInt maxConnections,
    ServerFront front,
    Duration drainTimeout,
    Verbosity verbosity) {}
