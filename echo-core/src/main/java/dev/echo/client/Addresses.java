package dev.echo.client;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.duplex.SystemFailure;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.tls.TlsException;
import dev.echo.websocket.WebSocketException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ConnectTimeoutException;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The addresses that a name resolves to, and what a failure to connect to one means. */
final class Addresses {
  private Addresses() {}

  /**
   * Resolves a name; what is an address already is taken as it is, by this thread. Netty's default
   * resolver would block the thread that asks, an event loop perhaps, so its work is done
   * elsewhere; a bootstrap's own resolver is asked on its event loop.
   */
  static CompletableFuture<? extends List<? extends SocketAddress>> of(
      Endpoint endpoint, Bootstrap bootstrap, Duration timeout) {
    if (endpoint instanceof UnixEndpoint unix) {
      Transport transport = Transport.of(bootstrap.config().group());
      return CompletableFuture.completedFuture(List.of(transport.address(unix)));
    }
    NetworkEndpoint network = (NetworkEndpoint) endpoint;
    AddressResolverGroup<?> resolver = bootstrap.config().resolver();
    CompletableFuture<? extends List<? extends SocketAddress>> resolved =
        resolver == null || resolver == DefaultAddressResolverGroup.INSTANCE
            ? addresses(network)
            : ask(resolver, network, bootstrap);
    return resolved.orTimeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
  }

  static Reason reason(Throwable cause) {
    if (cause instanceof ConnectTimeoutException) {
      return Reason.TIMEOUT;
    }
    if (cause instanceof TlsException) {
      return Reason.TLS;
    }
    if (cause instanceof WebSocketException) {
      return Reason.NO_WEBSOCKET;
    }
    return switch (SystemFailure.of(cause)) {
      case ECONNREFUSED -> Reason.REFUSED;
      case ETIMEDOUT -> Reason.TIMEOUT;
      default -> Reason.UNREACHABLE;
    };
  }

  private static CompletableFuture<List<InetSocketAddress>> addresses(NetworkEndpoint endpoint) {
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(endpoint.host());
    // The pool that is meant for nobody in particular may start a thread for each.
    return address == null
        ? CompletableFuture.supplyAsync(() -> lookUp(endpoint))
        : CompletableFuture.completedFuture(
            List.of(new InetSocketAddress(address, endpoint.port())));
  }

  private static List<InetSocketAddress> lookUp(NetworkEndpoint endpoint) {
    try {
      return Stream.of(InetAddress.getAllByName(endpoint.host()))
          .map(address -> new InetSocketAddress(address, endpoint.port()))
          .toList();
    } catch (UnknownHostException e) {
      throw new CompletionException(e);
    }
  }

  private static <T extends SocketAddress> CompletableFuture<List<T>> ask(
      AddressResolverGroup<T> resolver, NetworkEndpoint endpoint, Bootstrap bootstrap) {
    CompletableFuture<List<T>> resolved = new CompletableFuture<>();
    var loop = bootstrap.config().group().next();
    loop.execute(
        () -> {
          try {
            resolver
                .getResolver(loop)
                .resolveAll(endpoint.address())
                .addListener(
                    answer -> {
                      if (answer.isSuccess()) {
                        @SuppressWarnings("unchecked") // what resolveAll promises
                        List<T> addresses = (List<T>) answer.getNow();
                        resolved.complete(addresses);
                      } else {
                        resolved.completeExceptionally(answer.cause());
                      }
                    });
          } catch (RuntimeException thrown) {
            resolved.completeExceptionally(thrown);
          }
        });
    return resolved;
  }
}
