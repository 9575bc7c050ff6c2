package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tiemout 3s        | unknown option '--tiemout' (did you mean --timeout?)",
        "--tmeout 3s         | unknown option '--tmeout' (did you mean --timeout?)",
        "--tmeout=3s         | unknown option '--tmeout=3s' (did you mean --timeout?)",
        "-timeout 3s         | unknown option '-timeout' (did you mean --timeout?)",
        "--rate 5            | unknown option '--rate' (bench has it: -r)",
        "--html x            | unknown option '--html' (bench has it: --html)",
        "ping --rate=5       | unknown option '--rate=5' (bench has it: -r)",
        "ping --hex 00       | unknown option '--hex' (send has it: --hex)",
        "bench --flows 3     | unknown option '--flows' (ping has it: --flows)",
        "whoami --duration 5s | unknown option '--duration' (bench has it: -d)",
        "bench --size 5      | unknown option '--size' (did you mean -s?)",
        "--connections 5     | unknown option '--connections' (did you mean -c?)",
        "--host h            | unknown option '--host' (the target is a word of its own: HOST:PORT",
        "ping --port=7       | unknown option '--port=7' (the target is a word of its own: HOST:P",
        "bench --rate 5      | unknown option '--rate' (did you mean -r?)",
        "bench --duration=5s | unknown option '--duration=5s' (did you mean -d?)",
        "bench --interval 1s | unknown option '--interval' (did you mean -I?)",
        "ping --count 5      | unknown option '--count' (did you mean -n?)",
        "--message hi        | unknown option '--message' (did you mean -m?)",
        "demo --hlep         | unknown option '--hlep' (did you mean --help?)",
        "--timeout 10        | --timeout': '10' has no unit (10s?)",
        "--timeout 0s        | --timeout: 0s (expected: more than 0s and at most 24d)",
        "--connect-timeout 30d | --connect-timeout: 720 h (expected: more than 0s and at most 24d)",
        "--mode foo          | '--mode': 'foo' (expected: frames, stream)",
        "--print json        | '--print': 'json' (expected: reply, hex, none)",
        "--seed x            | '--seed': 'x' (expected: a whole number, such as 500 or 50k)",
        "-n 1.5              | '-n': '1.5' (expected: a whole number, such as 500 or 50k)",
        "-c 99999999999      | '-c': '99999999999' (expected: at most 2147483647)",
        "-c 3g               | '-c': '3g' (expected: at most 2147483647)",
        "-m                  | -m",
        "-c 0                | connections: 0 (expected: > 0)",
        "-c x                | -c",
        "-n 0                | -n: 0 (expected: > 0)",
        "--random 1q         | --random: '1q' is no size",
        "--window 0          | --window: 0 (expected: 1 or more)",
        "--window x          | --window: 'x' is no size",
        "--hex 0g            | --hex: '0g': 'g' is no hexadecimal digit (expected: two digits a byte,",
        "--hex zz            | --hex: 'zz': 'z' is no hexadecimal digit (expected: two digits a byte,",
        "--hex abc           | --hex: 'abc': 3 digits (expected: two digits a byte, as in 'fe 00'",
        "--hex ٣٣            | --hex: '\\u0663\\u0663': '\\u0663' is no hexadecimal digit",
        "--base64 a*         | --base64: 'a*': '*' is no letter of Base64 (expected: A to Z, a to z,",
        "--base64 a          | --base64: 'a': cut off, or padded wrongly (expected: 4 letters for 3",
        "--base64 a=b=       | --base64: 'a=b=': cut off, or padded wrongly (expected: 4 letters",
        "--timeout ٣s        | '--timeout': '\\u0663s' is no duration (expected: such as 500ms",
        "--timeout -1s       | '--timeout': '-1s' is no duration (expected: such as 500ms, 10s, 1m",
        "--random ٣         | --random: '\\u0663' is no size (expected: such as 64, 1k, 64KiB",
        "-n ٣               | '-n': '\\u0663' (expected: a whole number, such as 500 or 50k",
        "--json=1            | '--json': '1' (expected: the option alone)",
        "[::1]9              | '[::1]9': a colon and a port may follow the ] (did you mean [::1]:9?)",
        "[::1]x              | '[::1]x': a colon and a port may follow the ]",
        "[::1                | '[::1': no ] after the address (did you mean [::1]?)",
        "tcp://[::1          | no ] after the address (did you mean tcp://[::1]?)",
        "C localhost         | 'C localhost': 'localhost' is no port (expected: a number up to 6553",
        "h 99999             | 'h 99999': there is no port 99999 (expected: at most 65535)",
        "Hello, world        | to send text: -m 'Hello, world'",
        "7                   | '7' is a number, no target (for so many connections: -c 7;",
        "/run/x.sock         | a path, not a host (did you mean unix:///run/x.sock?)",
        "http://h:1          | no endpoint has the scheme http (did you mean ws://h:1?)",
        "ping tcp://h:1/path | tcp has no path; WebSocket has (did you mean tcp://h:1 or ws://h:1",
        "bench tcp:/h        | a scheme ends with :// (did you mean tcp://h?)",
        "whoami h:           | no port after the colon (did you mean h:65432?)",
        "h:1 2 -c 3          | connections, said twice",
        "-q -v               | one of them",
        "send send hello     | to send text",
        "demo --print hex    | unknown option '--print'",
        "demo x              | 'x' (expected: tcp, tls, udp, unix, ws or wss)",
        "demo tcp x          | unknown word 'x'",
        "ping -c 5           | -c: -n 5 for so many pings, --flows 5 for so many connections",
        "ping -i 1           | '-i': '1' has no unit (1s?)",
        "ping -i 0s          | -i: 0s (expected: 1ms to 24d)",
        "ping -i 30d         | -i: 720 h (expected: 1ms to 24d)",
        "ping 7              | for so many connections: --flows 7; for a port: 127.0.0.1:7)",
        "whoami 7            | '7' is a number, no target (for a port: 127.0.0.1:7)",
        "ping -s 2MiB        | -s: '2MiB' (expected: at most 1MiB)",
        "ping -s 0 --mode stream | payloadBytes: 0 (expected: 1..1048576)",
        "ping -n 0           | -n: 0 (expected: > 0)",
        "ping --flows 0      | flows: 0 (expected: 1..65535)",
        "ping h:1 2 --flows 3 | flows, said twice",
        "ping --window 1     | unknown option '--window'",
        "pnig -n 3           | unknown command 'pnig' (did you mean ping?)",
        "dmeo                | unknown command 'dmeo' (did you mean demo?)",
        "sned -m x           | unknown command 'sned' (did you mean send?)",
        "dem --hlep          | unknown command 'dem' (did you mean demo?)",
      })
  void refusesInOneSentenceWithStatusTwo(String words, String sentence) {
    Ran ran = Ran.of(words.strip().split(" "));

    assertThat(ran.status()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).startsWith("echo-client: ").contains(sentence);
    assertThat(ran.err().lines()).hasSize(2);
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "send --help",
        "ping --help",
        "bench --help",
        "report --help",
        "whoami --help",
        "demo --help"
      })
  void helpFitsATerminalAndBeginsWithExamples(String words) {
    Ran ran = Ran.of(words.split(" "));

    assertThat(ran.status()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("Example");
    assertThat(ran.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void helpShowsDefaultsAndCommands() {
    assertThat(Ran.of("--help").out())
        .contains("(default: 10s)", "(default: frames)", "127.0.0.1 65432", "demo", "--hex HEX");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "demo --version"})
  void versionSaysWhatRuns(String words) {
    Ran ran = Ran.of(words.split(" "));

    assertThat(ran.status()).isZero();
    assertThat(ran.out()).startsWith("echo-client ").contains("Netty 4.", "Java ", "transport ");
  }
}
