package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Why nobody can listen there, in words, and what to do. */
@Timeout(60)
class ListenReasonTest {
  static List<Transport> transports() {
    return Servers.transports();
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://[::1]:7, bind(..) failed with error(-97): Address family not supported by protocol,"
        + " 'this machine has no IPv6, or it is off ('",
    "udp://[::1]:7, Protocol family unavailable, 'this machine has no IPv6, or it is off ('",
    "tcp://[::1]:7, bind(..) failed with error(-99), 'not an address of this machine, or IPv6 is '",
    "tcp://192.0.2.1:7, Cannot assign requested address, 'not an address of this machine ('",
    "tcp://127.0.0.1:7, Permission denied, permission denied (ports below 1024",
    "tcp://127.0.0.1:7777, bind(..) failed with error(-13): Permission denied,"
        + " permission denied (a rule of this system",
    "tcp://127.0.0.1:7777, bind(..) failed with error(-98), 'address already in use (end the '",
    "tcp://[fe80::1]:7777, Invalid argument, 'a link-local address needs its zone'",
    "unix:///x, bind(..) failed with error(-98), the local address is in use",
    "unix:///x, its directory does not exist, its directory does not exist",
  })
  void saysWhatTheSystemMeant(String endpoint, String told, String words) {
    assertThat(ListenReason.words(Endpoint.parse(endpoint), new IOException(told)))
        .startsWith(words);
  }

  @Test
  void saysWhatAnExceptionWithoutAWordMeans() {
    Endpoint endpoint = Endpoint.parse("tcp://[::1]:7");

    assertThat(new ListenException(endpoint, new UnsupportedAddressTypeException()))
        .hasMessageStartingWith("cannot listen on tcp://[::1]:7: this machine has no IPv6, or it ");
    assertThat(new ListenException(endpoint, new UnknownHostException()))
        .hasMessage("cannot listen on tcp://[::1]:7: unknown host");
    assertThat(new ListenException(endpoint, new IllegalStateException()))
        .hasMessage("cannot listen on tcp://[::1]:7: the system does not say why");
  }

  @ParameterizedTest
  @MethodSource("transports")
  void saysItOnEveryTransport(Transport transport) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      refuses(transport, "tcp://127.0.0.1:" + taken.getLocalPort(), "address already in use (end");
    }
    refuses(transport, "tcp://192.0.2.1:0", "not an address of this machine (0.0.0.0 listens");
    refuses(transport, "udp://192.0.2.1:0", "not an address of this machine (0.0.0.0 listens");
  }

  private static void refuses(Transport transport, String endpoint, String why) {
    EchoServerBuilder builder =
        EchoServer.builder().transport(transport).listen(Endpoint.parse(endpoint));

    assertThatThrownBy(() -> builder.start().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ListenException.class)
        .hasMessageContaining("cannot listen on " + endpoint + ": " + why);
  }
}
