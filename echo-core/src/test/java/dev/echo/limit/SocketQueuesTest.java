package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.Eventually;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SocketQueuesTest {
  private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 5);
  private static final InetSocketAddress THERE = new InetSocketAddress("192.0.2.2", 6);

  @TempDir Path directory;

  /** An IPv4 client connects with a socket of IPv6, as the JDK's do, or of IPv4. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  @EnabledOnOs(OS.LINUX)
  void seesAPeerOnThisMachineReadByteByByte(String host) throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      try (SocketChannel writer = SocketChannel.open(listener.getLocalAddress());
          Socket reader = listener.accept().socket()) {
        SocketAddress local = writer.getLocalAddress();
        SocketAddress remote = writer.getRemoteAddress();
        assertThat(SocketQueues.now().unread(local, remote)).isZero();

        writer.write(ByteBuffer.allocate(100));
        eventuallyUnread(100, local, remote);

        reader.getChannel().read(ByteBuffer.allocate(10));
        eventuallyUnread(90, local, remote);
      }
    }
  }

  /** What has come and is not acknowledged yet stands in both queues. */
  private static void eventuallyUnread(long bytes, SocketAddress local, SocketAddress remote) {
    Eventually.eventually(
        bytes + " unread", () -> SocketQueues.now().unread(local, remote) == bytes);
  }

  @Test
  void knowsNothingOfOthers() {
    assertThat(SocketQueues.now().unread(HERE, THERE)).isEqualTo(-1);
  }

  @Test
  void bearsWhatLinuxDoesNotWrite() throws Exception {
    Path list = Files.writeString(directory.resolve("tcp"), "words\nnothing like it\n");

    assertThat(SocketQueues.of(List.of(list, directory.resolve("tcp6"))))
        .isSameAs(SocketQueues.UNKNOWN);
  }
}
