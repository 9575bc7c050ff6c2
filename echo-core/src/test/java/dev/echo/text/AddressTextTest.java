package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:7",
    "::1, [::1]:7",
    "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:7",
    "::ffff:192.0.2.1, 192.0.2.1:7",
  })
  void writesHostAndPortAsInAUri(String host, String written) throws Exception {
    assertThat(AddressText.of(new InetSocketAddress(InetAddress.getByName(host), 7)))
        .isEqualTo(written);
  }

  @Test
  void keepsTheZone() throws Exception {
    byte[] ip = InetAddress.getByName("fe80::1").getAddress();

    assertThat(AddressText.host(Inet6Address.getByAddress("", ip, 99))).isEqualTo("fe80::1%99");
  }

  @Test
  void saysWhatHasNoHost() {
    assertThat(AddressText.of(null)).isEqualTo("a peer that is gone already");
    assertThat(AddressText.of(java.net.UnixDomainSocketAddress.of(Path.of("/x"))))
        .isEqualTo("a Unix socket");
    assertThat(AddressText.of(InetSocketAddress.createUnresolved("h", 7))).isEqualTo("h:7");
  }
}
