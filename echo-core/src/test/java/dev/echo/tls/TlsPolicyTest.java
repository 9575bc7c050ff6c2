package dev.echo.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsPolicyTest {
  private static final String GROUPS = "jdk.tls.namedGroups";

  @AfterEach
  void forgetGroups() {
    System.clearProperty(GROUPS);
  }

  @Test
  void leavesOutGroupsOverFiniteFields() {
    TlsPolicy.limitGroups();

    assertThat(System.getProperty(GROUPS)).startsWith("x25519,").doesNotContain("ffdhe");
  }

  @Test
  void leavesGroupsThatWereSetAlone() {
    System.setProperty(GROUPS, "secp384r1");

    TlsPolicy.limitGroups();

    assertThat(System.getProperty(GROUPS)).isEqualTo("secp384r1");
  }

  /** The Java platform's own number is 20,480. */
  @Test
  void remembersFewSessions() {
    assertThat(ServerTls.selfSigned().build().current().sessionContext().getSessionCacheSize())
        .isEqualTo(512);
  }
}
