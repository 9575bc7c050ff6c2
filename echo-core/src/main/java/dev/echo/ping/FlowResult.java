package dev.echo.ping;

import dev.echo.client.DatagramCounts;
import dev.echo.client.Peer;
import dev.echo.metrics.Distribution;
import dev.echo.text.ExitStatus;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What one flow measured.
 *
 * @param flow which one, from 1
 * @param local this side's address of its last connection, or null if there was none
 * @param peer what is known about the other side
 * @param status the verdict on this flow alone
 * @param counts its pings
 * @param datagrams what became of them over UDP; else {@link DatagramCounts#NONE}
 * @param reconnects how often its connection was made again
 * @param service the service times of the echoed pings
 * @param residence how long those were with an aware server; else empty
 * @param unusableStamps how many of those came with times of the server that cannot be right, and
 *     are not in {@code residence}
 */
public record FlowResult(
    int flow,
    @Nullable SocketAddress local,
    Peer peer,
    ExitStatus status,
    PingCounts counts,
    DatagramCounts datagrams,
    long reconnects,
    Distribution service,
    Distribution residence,
    long unusableStamps) {}
