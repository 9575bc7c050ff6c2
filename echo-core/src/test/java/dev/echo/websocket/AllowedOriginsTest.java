package dev.echo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  @ParameterizedTest
  @CsvSource({
    "http://h:1, h:1, true",
    "HTTP://H:1, h:1, true",
    "https://h, h, true",
    "http://h:2, h:1, false",
    "https://h, h:443, true",
    "https://h:443, h, true",
    "http://h, h:80, true",
    "http://h:80, H, true",
    "https://[2001:db8::1], [2001:db8::1]:443, true",
    "http://h, h:443, false",
    "https://h, h:80, false",
    "https://h, h:8443, false",
    "https://other, h:443, false",
    "x-y://h, h:443, false",
    "x-y://h, h, true",
    "http://other, h, false",
    "null, h, false",
    "h, h, false",
    ", h, true",
    "http://h, , false",
  })
  void allowsTheSameOriginAndWhoIsNoPage(String origin, String host, boolean allowed) {
    assertThat(AllowedOrigins.SAME.allow(origin, host)).isEqualTo(allowed);
  }

  @Test
  void allowsThoseThatAreNamed() {
    AllowedOrigins named = AllowedOrigins.SAME.and("https://A.example").and("null");

    assertThat(named.allow("https://a.example", "h")).isTrue();
    assertThat(named.allow("null", "h")).isTrue();
    assertThat(named.allow("https://a.example:1", "h")).isFalse();
    assertThat(named.allow("https://a.example:443", "h")).isTrue();
    assertThat(AllowedOrigins.SAME.and("http://b:80").allow("http://b", "h")).isTrue();
    assertThat(AllowedOrigins.SAME.and("*").allow("https://x", "h")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.example", "https://a.example/", "https://", "https://a b", "**"})
  void refusesWhatIsNoOrigin(String origin) {
    assertThatThrownBy(() -> AllowedOrigins.SAME.and(origin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: SCHEME://HOST[:PORT], null or *");
  }
}
