package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerGreetingTest {
  private static byte[] bytes(String text) {
    return text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 192.0.2.1 192.0.2.2 1 2|, a PROXY header in front",
    "PROXY UNKNOWN|, a PROXY header in front",
    "SSH-2.0-OpenSSH_9.2p1|, an SSH server",
    "HTTP/1.1 400 Bad Request|, a web server",
    "GET / HTTP/1.1|, an HTTP request",
    "220 mail ESMTP|, an SMTP or FTP server",
    "220-welcome|, an SMTP or FTP server",
    "554 no|, an SMTP or FTP server that refuses",
    "+OK ready|, a POP3 server",
    "* OK IMAP4rev1|, an IMAP server",
    "-ERR unknown command|, a Redis server",
    "-NOAUTH Authentication required.|, a Redis server",
    "ERROR|, a memcached server",
    "RFB 003.008, a VNC server",
    "AMQP, an AMQP server",
    "'INFO {\"version\":\"2\"}', a NATS server",
    "RTSP/1.0 400 Bad Request|, an RTSP or SIP server",
  })
  void knowsWhoGreetsSo(String first, String name) {
    assertThat(PeerGreeting.of(bytes(first)))
        .hasValueSatisfying(
            greeting -> {
              assertThat(greeting.name()).isEqualTo(name);
              assertThat(greeting.advice()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "15030300020228, a TLS alert",
    "1603010200010001fc03, a TLS ClientHello",
    "0d0a0d0a000d0a515549540a2111, a PROXY header in front",
    "fe4543484f0d0a810000, an echo-server that takes frames only",
    "00001204000000000000, an HTTP/2 server",
    "4a0000000a382e30, a MySQL server",
    "450000006753464154414c00, a PostgreSQL server",
    "fffd18fffd20, a telnet server",
  })
  void knowsBinaryProtocols(String hex, String name) {
    assertThat(PeerGreeting.of(HexFormat.of().parseHex(hex)))
        .map(PeerGreeting::name)
        .hasValue(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello", "", "2", "22", "220", "SSH", "PROXY", "-x", "* x", "\u0015\u0003"})
  void namesNobodyWithoutBeingSure(String first) {
    assertThat(PeerGreeting.of(bytes(first))).isEmpty();
  }

  @Test
  void namesWhatCame() {
    assertThat(PeerGreeting.named(bytes("SSH-2.0-x"), "SSH-2.0-x"))
        .isEqualTo("answered SSH-2.0-x (an SSH server)");
    assertThat(PeerGreeting.named(bytes("hello"), "hello")).isEqualTo("answered hello");
  }
}
