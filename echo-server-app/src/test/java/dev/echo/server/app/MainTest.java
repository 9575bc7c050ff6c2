package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--moed auto | unknown option: '--moed' (did you mean --mode?)",
        "--lisen tcp://a:1 | unknown option: '--lisen' (did you mean --listen?)",
        "--mxa-frame=1 | unknown option: '--mxa-frame=1' (did you mean --max-frame?)",
        "--rate 5 | unknown option: '--rate' (did you mean --udp-rate?)",
        "--connections 5 | unknown option: '--connections' (did you mean --max-connections?)",
        "--timeout 5s | unknown option: '--timeout' (did you mean --idle-timeout?)",
        "-c 5 | unknown option: '-c' (echo-client has it, the server has not)",
        "--duration=5s | unknown option: '--duration=5s' (echo-client has it, the server has not)",
        "--mode fast | '--mode': 'fast' (expected: auto, stream, frames)",
        "--idle-timeout 10 | '--idle-timeout': '10' has no unit (10s?)",
        "--stall-timeout 0s | '--stall-timeout': '0s' (expected: more than 0, or none)",
        "--drain-timeout soon | '--drain-timeout': 'soon' is no duration",
        "--ceiling 1k | '--ceiling': '1k' (expected: 16KiB to 1GiB)",
        "--receive-buffer 1 | '--receive-buffer': '1' (expected: 4KiB to 1GiB, or system)",
        "--max-frame 5G | '--max-frame': '5G' (expected: at most 4294967295, or none)",
        "--max-connections 0 | '--max-connections': '0' (expected: a whole number, 1 to 2147483647)",
        "--max-connections x | '--max-connections': 'x' (expected: a whole number, 1 to 2147483647)",
        "--max-connections ٣ | '--max-connections': '\\u0663' (expected: a whole number, 1 to 21474",
        "--max-connections 99999999999 | '99999999999' (expected: a whole number, 1 to 2147483647)",
        "--max-connections -1 | '-1' (expected: a whole number, 1 to 2147483647)",
        "--threads 0 | '--threads': '0' (expected: a whole number, 1 to 2147483647)",
        "--idle-timeout 0 | '--idle-timeout': '0' (expected: more than 0, or none)",
        "--drain-timeout ٣s | '--drain-timeout': '\\u0663s' is no duration (expected: such as",
        "--max-frame -1 | '--max-frame': '-1' is no size (expected: such as 64, 1k, 64KiB)",
        "[::1]9 | '[::1]9': a colon and a port may follow the ] (did you mean [::1]:9?)",
        "[::1 | '[::1': no ] after the address (did you mean [::1]?)",
        "h 99999 | 'h 99999': there is no port 99999 (expected: at most 65535)",
        "ff02::1 | cannot listen on tcp://[ff02::1]:65432: a multicast address, which no program",
        "--transport ip | '--transport': 'ip' (expected: auto, nio, epoll, io_uring, kqueue)",
        "--transport kqueue | --transport kqueue is not available here",
        "a 1 b | unmatched argument at index 2: 'b'",
        "8080 | '8080': a number is no host (did you mean 127.0.0.1:8080?)",
        "a --listen tcp://b:1 | 'a' and --listen exclude each other",
        "-q -v | -q and -v exclude each other",
        "--listen tls://127.0.0.1:0 | needs --tls-cert FILE and --tls-key FILE, or --tls-self-sig",
        "--tls-self-signed | no listener is over TLS (expected: --listen tls://HOST:PORT)",
        "--listen tls://a:1 --tls-cert nowhere.crt | nowhere.crt: no such file",
        "--listen tls://a:1 --tls-cert a --tls-self-signed | exclude each other",
        "--listen tls://a:1 --tls-self-signed --tls-provider x | (expected: jdk, openssl)",
        "--port 7000 | (the address is a word of its own: HOST PORT, or --listen tcp://HOST:PORT)",
        "-p 7000 | (the address is a word of its own: HOST PORT, or --listen tcp://HOST:PORT)",
        "--listen http://b:1 | no endpoint has the scheme http (did you mean ws://b:1?)",
        "--listen tcp://b:1/x | tcp has no path; WebSocket has (did you mean tcp://b:1 or ws://b:1/x",
        "--listen b: | no port after the colon (did you mean b:65432?)",
      })
  void refusesWhatCannotBeUsedInOneLine(String words, String message) {
    int status = run(words.strip().split(" "));

    assertThat(status).isEqualTo(2);
    assertThat(text(out)).isEmpty();
    assertThat(text(err)).startsWith("echo-server: ").contains(message.strip());
    assertThat(text(err).lines()).hasSize(1);
  }

  @Test
  void showsNoControlCharacterOfItsOwnCommandLine() {
    int status = run("--\u001b[2J\n");

    assertThat(status).isEqualTo(2);
    assertThat(text(err)).contains("--\\x1b[2J\\n").doesNotContain("\u001b");
  }

  @Test
  void helpFits80Columns() {
    int status = run("--help");

    assertThat(status).isZero();
    assertThat(text(err)).isEmpty();
    assertThat(text(out).lines()).allMatch(line -> line.length() <= 80).hasSizeGreaterThan(20);
    assertThat(text(out)).contains("(default: 10m").contains("Usage: echo-server [OPTION]...");
    assertThat(text(out)).contains("TERM, INT and HUP drain", "143, 130 or 129");
  }

  @Test
  void versionSaysWhatRuns() {
    int status = run("--version");

    assertThat(status).isZero();
    assertThat(text(err)).isEmpty();
    assertThat(text(out).lines())
        .hasSize(4)
        .first()
        .isEqualTo("echo-server unpackaged (commit unknown)");
  }

  private int run(String... args) {
    return Main.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
