package dev.echo.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.3/8, 10.255.0.1, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 203.0.113.9, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "::1, ::1, true",
    "::ffff:10.0.0.0/104, 10.9.9.9, true",
    "::ffff:10.0.0.0/104, 11.9.9.9, false",
    "::ffff:192.0.2.7, 192.0.2.7, true",
    "255.255.255.255/32, 255.255.255.255, true",
    "128.0.0.0/1, 200.0.0.1, true"
  })
  void containsTheAddressesOfANetwork(String network, String address, boolean contained)
      throws Exception {
    assertThat(Networks.of(List.of(network)).contain(InetAddress.getByName(address)))
        .isEqualTo(contained);
  }

  @Test
  void takesAMappedAddressForItsIpv4Address() throws Exception {
    byte[] mapped = NetUtil.createByteArrayFromIpAddressString("::ffff:192.0.2.7");
    InetAddress address = Inet6Address.getByAddress(null, mapped, 0);
    assertThat(address.getAddress()).as("not what the JDK makes of it by itself").hasSize(16);

    assertThat(Networks.of(List.of("192.0.2.0/24")).contain(address)).isTrue();
    assertThat(Caller.unmapped(address)).isEqualTo(InetAddress.getByName("192.0.2.7"));
  }

  @Test
  void containsWhatAnyOfThemDoes() throws Exception {
    Networks networks = Networks.of(List.of("192.0.2.0/24", "2001:db8::/32"));

    assertThat(networks.contain(InetAddress.getByName("192.0.2.1"))).isTrue();
    assertThat(networks.contain(InetAddress.getByName("2001:db8::1"))).isTrue();
    assertThat(networks.contain(InetAddress.getByName("198.51.100.1"))).isFalse();
    assertThat(networks).hasToString("192.0.2.0/24, 2001:db8::/32");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0/8",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "::1/129",
        "::ffff:10.0.0.0/95",
        "[::1]",
        "fe80::1%eth0",
        "1.2.3.4:5",
        "/8"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> Networks.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' (expected: ");
  }
}
