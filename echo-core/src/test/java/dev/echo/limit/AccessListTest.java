package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.caller.Networks;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessListTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 192.0.2.1, true",
    "192.0.2.0/24, '', 192.0.2.1, true",
    "192.0.2.0/24, '', 198.51.100.1, false",
    "192.0.2.0/24, '', ::1, false",
    "'', 192.0.2.0/24, 192.0.2.1, false",
    "'', 192.0.2.0/24, 198.51.100.1, true",
    "192.0.2.0/24, 192.0.2.1, 192.0.2.1, false",
    "192.0.2.0/24, 192.0.2.1, 192.0.2.2, true"
  })
  void letsDenyWin(String allow, String deny, String address, boolean allowed) throws Exception {
    AccessList list = new AccessList(networks(allow), networks(deny));

    assertThat(list.allows(InetAddress.getByName(address))).isEqualTo(allowed);
  }

  @org.junit.jupiter.api.Test
  void leavesPeersWithoutAnAddressToTheModeOfTheSocket() {
    assertThat(new AccessList(networks("192.0.2.1"), Networks.NONE).allows(Optional.empty()))
        .isTrue();
  }

  private static Networks networks(String text) {
    return text.isEmpty() ? Networks.NONE : Networks.of(List.of(text));
  }
}
