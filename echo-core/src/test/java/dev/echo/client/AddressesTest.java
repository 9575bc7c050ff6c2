package dev.echo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.endpoint.TcpEndpoint;
import io.netty.bootstrap.Bootstrap;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  private static CompletableFuture<? extends List<? extends SocketAddress>> of(String host) {
    return Addresses.of(TcpEndpoint.of(host, 7), new Bootstrap(), Duration.ofSeconds(10));
  }

  /** Seen red when each address went through a pool: a thread was started for each connection. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1%1"})
  void takesAnAddressAsItIs(String host) {
    CompletableFuture<? extends List<? extends SocketAddress>> addresses = of(host);

    assertThat(addresses).isDone();
    assertThat(addresses.join()).hasSize(1).first().isInstanceOf(InetSocketAddress.class);
  }

  @Test
  void failsWhereANameIsUnknown() {
    assertThatThrownBy(() -> of("nobody.invalid").join())
        .hasCauseInstanceOf(UnknownHostException.class);
  }
}
