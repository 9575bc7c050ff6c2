package dev.echo.client;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Resolves every name to the same addresses. */
final class Names extends AddressResolverGroup<InetSocketAddress> {
  private final List<InetAddress> addresses;

  Names(InetAddress... addresses) {
    this.addresses = List.of(addresses);
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new InetNameResolver(executor) {
      @Override
      protected void doResolve(String name, Promise<InetAddress> promise) {
        promise.setSuccess(addresses.get(0));
      }

      @Override
      protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
        promise.setSuccess(addresses);
      }
    }.asAddressResolver();
  }
}
