package dev.echo.client;

import static dev.echo.client.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a system's refusal to connect is called, over each transport that this machine has. */
class FailureWordsTest {
  private final List<MultiThreadIoEventLoopGroup> groups = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (MultiThreadIoEventLoopGroup group : groups) {
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
  }

  static Stream<Transport> transports() {
    return Stream.of(Transport.values()).filter(Transport::isAvailable);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void saysThatNobodyAccepts(Transport transport) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    UnreachableException why = connect(transport, TcpEndpoint.of("127.0.0.1", port));

    assertThat(why.reason()).isEqualTo(Reason.REFUSED);
    assertIsForPeople(why);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void saysThatAUnixSocketIsNotThere(Transport transport, @TempDir Path folder) throws Exception {
    UnreachableException why = connect(transport, Endpoint.parse("unix://" + folder.resolve("s")));

    assertThat(why.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(why).message().endsWith(": unreachable: no such file");
    assertIsForPeople(why);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void saysThatAFileIsNoSocketThatAccepts(Transport transport, @TempDir Path folder)
      throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertIsForPeople(connect(transport, Endpoint.parse("unix://" + file)));
  }

  private static void assertIsForPeople(UnreachableException why) {
    assertThat(why).message().doesNotContainPattern("Exception|error\\(|\\(\\.\\.\\)|null");
  }

  private UnreachableException connect(Transport transport, Endpoint endpoint) throws Exception {
    MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    groups.add(group);
    Bootstrap bootstrap = new Bootstrap().group(group).channelFactory(transport.channels(endpoint));
    return failure(
        EchoClient.connect(bootstrap, endpoint, ClientConfig.DEFAULT), UnreachableException.class);
  }
}
