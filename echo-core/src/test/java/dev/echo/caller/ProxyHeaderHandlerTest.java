package dev.echo.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyHeaderHandlerTest {
  private static ByteBuf header(ProxyVersion version, SocketAddress local, SocketAddress remote) {
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress localAddress0() {
            return local;
          }

          @Override
          protected SocketAddress remoteAddress0() {
            return remote;
          }
        };
    channel.pipeline().addLast(new ProxyHeaderHandler(version));
    channel.pipeline().fireChannelActive();
    ByteBuf header = channel.readOutbound();
    assertThat(channel.pipeline().get(ProxyHeaderHandler.class)).isNull();
    assertThat(channel.finish()).isFalse();
    return header;
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 198.51.100.2, 'PROXY TCP4 192.0.2.1 198.51.100.2 1234 7\r\n'",
    "2001:db8::1, 2001:db8::2, 'PROXY TCP6 2001:db8::1 2001:db8::2 1234 7\r\n'"
  })
  void sendsALine(String local, String remote, String expected) {
    ByteBuf header =
        header(
            ProxyVersion.V1, new InetSocketAddress(local, 1234), new InetSocketAddress(remote, 7));

    assertThat(header.toString(StandardCharsets.US_ASCII)).isEqualTo(expected);
    header.release();
  }

  @Test
  void sendsABinaryHeader() {
    ByteBuf header =
        header(
            ProxyVersion.V2,
            new InetSocketAddress("192.0.2.1", 1234),
            new InetSocketAddress("198.51.100.2", 7));

    assertThat(ByteBufUtil.hexDump(header))
        .isEqualTo("0d0a0d0a000d0a515549540a" + "2111000c" + "c0000201" + "c6336402" + "04d20007");
    header.release();
  }

  @ParameterizedTest
  @CsvSource({"V1, 192.0.2.1", "V2, 192.0.2.1", "V1, 2001:db8::1", "V2, 2001:db8::1"})
  void sendsWhatTheServerReads(ProxyVersion version, String local) {
    InetSocketAddress source = new InetSocketAddress(local, 1234);

    ByteBuf header = header(version, source, new InetSocketAddress(local, 7));

    assertThat(ProxyHeader.read(header)).isEqualTo(new ProxyHeader(Optional.of(source)));
    assertThat(header.isReadable()).isFalse();
    header.release();
  }

  @Test
  void saysThatAddressesAreUnknown() {
    for (ProxyVersion version : ProxyVersion.values()) {
      ByteBuf header = header(version, new SocketAddress() {}, new SocketAddress() {});

      assertThat(ProxyHeader.read(header)).isEqualTo(new ProxyHeader(Optional.empty()));
      header.release();
    }
  }
}
