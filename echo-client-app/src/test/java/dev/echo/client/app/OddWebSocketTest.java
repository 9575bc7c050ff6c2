package dev.echo.client.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonObject;
import dev.echo.client.app.OddWebSocket.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every command says of servers that get a WebSocket wrong, and of odd ones that do not. */
class OddWebSocketTest {
  private static final String BROKE = "the peer broke the WebSocket protocol (RFC 6455): ";

  private static byte[] frame(int first, byte... payload) {
    return OddWebSocket.frame(first, payload);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] part(byte[] message, int from, int to) {
    return Arrays.copyOfRange(message, from, to);
  }

  private static byte[] masked(byte[] message) {
    byte[] frame = join(frame(0x82, message), new byte[4]);
    frame[1] |= (byte) 0x80;
    return frame;
  }

  private static byte[] longer(byte[] message) {
    return join(bytes("\u0082~\0"), new byte[] {(byte) message.length}, message);
  }

  private static Arguments row(String name, String rule, Reply reply) {
    return arguments(name, rule, reply);
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        row("reserved bit", "a reserved bit is set", m -> frame(0xC2, m)),
        row("opcode 3", "opcode 3", m -> frame(0x83, m)),
        row("opcode 11", "opcode 11", m -> frame(0x8B)),
        row("masked", "a server's frame is masked", m -> masked(m)),
        row("text", "a text message that is no UTF-8", m -> frame(0x81, m)),
        row("length", "a length that is longer than it must be", m -> longer(m)),
        row(
            "huge length",
            "a length of more than 63 bits",
            m -> bytes("\u0082\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")),
        row("continuation", "nothing to continue", m -> frame(0x80, m)),
        row(
            "message in message",
            "a message begins inside another",
            m -> join(frame(0x02, part(m, 0, 5)), frame(0x82, part(m, 5, m.length)))),
        row("long ping", "a control frame of more than 125 bytes", m -> frame(0x89, new byte[126])),
        row("ping in fragments", "a control frame in fragments", m -> frame(0x09)),
        row("close code of a byte", "a close code of one byte", m -> frame(0x88, (byte) 3)),
        row("close code 1005", "close code 1005", m -> frame(0x88, bytes("\3\u00ed"))),
        row(
            "close reason",
            "a close reason that is no UTF-8",
            m -> frame(0x88, bytes("\3\u00e8\u00c3("))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void saysWhichRuleWasBroken(String name, String rule, Reply reply) throws IOException {
    try (OddWebSocket peer = OddWebSocket.replying(reply)) {
      Ran send = Ran.of("-m", "hello", peer.target());
      Ran json = Ran.of("-m", "hello", "--json", peer.target());
      Ran ping = Ran.of("ping", "-n", "1", peer.target());

      assertThat(send.status()).as(send.err()).isEqualTo(1);
      assertThat(send.err()).startsWith("wrong: " + BROKE + rule + " (0 of 1 messages came back)");
      JsonObject told = json.json().get(0);
      assertThat(told.get("verdict").getAsString()).isEqualTo("wrong");
      assertThat(told.get("error").getAsString()).contains(BROKE + rule);
      JsonObject end = told.getAsJsonObject("end");
      assertThat(end.get("by").getAsString()).isEqualTo("peer");
      assertThat(end.get("how").getAsString()).isEqualTo("violation");
      assertThat(end.get("words").getAsString()).contains(rule);
      assertThat(ping.status()).as(ping.err()).isEqualTo(1);
      assertThat(ping.out()).contains("seq=1 wrong: " + BROKE + rule);
      Ran whoami = Ran.of("whoami", peer.target());
      assertThat(whoami.status()).as(whoami.err()).isEqualTo(1);
      assertThat(whoami.err()).contains(BROKE + rule);
    }
  }

  @Test
  void countsABrokenRuleAsWrongInALoadRun() throws IOException {
    try (OddWebSocket peer = OddWebSocket.replying(m -> frame(0xC2, m))) {
      Ran bench =
          Ran.of(
              "bench",
              "-n",
              "1",
              "--warmup",
              "0s",
              "--timeout",
              "2s",
              "--fail-fast",
              peer.target());

      assertThat(bench.status()).as(bench.err()).isEqualTo(1);
      assertThat(bench.err()).contains(BROKE + "a reserved bit is set");
    }
  }

  /** Each violation ends a connection, and belongs to no message: the message is missing. */
  @Test
  void countsABrokenRuleBesideTheMessages() throws IOException {
    try (OddWebSocket peer = OddWebSocket.replying(m -> frame(0x88, bytes("\3\u00ed")))) {
      Ran bench =
          Ran.of(
              "bench",
              "-n",
              "5",
              "-r",
              "100",
              "--warmup",
              "0s",
              "--timeout",
              "1s",
              "--json",
              peer.target());

      List<JsonObject> lines = bench.json();
      JsonObject result = lines.get(lines.size() - 1);
      JsonObject counts = result.getAsJsonObject("counts");
      assertThat(bench.status()).as(bench.err()).isEqualTo(1);
      assertThat(counts.get("missing").getAsLong()).isEqualTo(5);
      assertThat(counts.get("wrong").getAsLong()).isZero();
      assertThat(counts.get("surplus").getAsLong())
          .isPositive()
          .isEqualTo(result.getAsJsonObject("verdicts").get("framing-lost").getAsLong());
    }
  }

  static Stream<Arguments> closes() {
    return Stream.of(
        row("1011", "code 1011: upstream died", m -> frame(0x88, bytes("\3\u00f3upstream died"))),
        row("1001", "code 1001: gone \\x1b[31m", m -> frame(0x88, bytes("\3\u00e9gone \33[31m"))),
        row("1000", "code 1000: bye", m -> frame(0x88, bytes("\3\u00e8bye"))),
        row("none", "no code", m -> frame(0x88)),
        row(
            "inside a message",
            "code 1001",
            m -> join(frame(0x02, part(m, 0, 3)), frame(0x88, bytes("\3\u00e9")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("closes")
  void saysWithWhichCodeAndReasonTheServerClosed(String name, String said, Reply reply)
      throws IOException {
    try (OddWebSocket peer = OddWebSocket.replying(reply)) {
      Ran send = Ran.of("-m", "hello", peer.target());
      Ran json = Ran.of("-m", "hello", "--json", peer.target());
      Ran ping = Ran.of("ping", "-n", "1", peer.target());

      String sentence = "the peer closed the WebSocket (" + said + ")";
      assertThat(send.status()).as(send.err()).isEqualTo(4);
      assertThat(send.err()).startsWith(sentence);
      JsonObject told = json.json().get(0);
      assertThat(told.get("verdict").getAsString()).isEqualTo("incomplete");
      assertThat(told.get("error").getAsString()).startsWith(sentence);
      assertThat(ping.status()).as(ping.err()).isEqualTo(4);
      assertThat(ping.err()).contains(sentence);
    }
  }

  static Stream<Arguments> oddities() {
    return Stream.of(
        row(
            "a byte in each fragment",
            "",
            m -> {
              byte[] all = frame(0x02, part(m, 0, 1));
              for (int i = 1; i < m.length; i++) {
                all = join(all, frame(i == m.length - 1 ? 0x80 : 0x00, m[i]));
              }
              return all;
            }),
        row(
            "empty fragments",
            "",
            m -> join(frame(0x02), frame(0x00), frame(0x00, m), frame(0x80))),
        row(
            "control frames inside",
            "",
            m ->
                join(
                    frame(0x02, part(m, 0, 9)),
                    frame(0x89, bytes("?")),
                    frame(0x8A, bytes("!")),
                    frame(0x80, part(m, 9, m.length)))),
        row(
            "two messages for one",
            "",
            m -> join(frame(0x82, part(m, 0, 9)), frame(0x82, part(m, 9, m.length)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oddities")
  void takesWhatIsOddButAllowed(String name, String none, Reply reply) throws IOException {
    try (OddWebSocket peer = OddWebSocket.replying(reply)) {
      Ran send = Ran.of("-m", "hello", peer.target());

      assertThat(send.status()).as(send.err()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "HTTP/1.1 200 OK|Server: s|| ! HTTP/1.1 200 OK (Server: s) ! is the path right?",
        "HTTP/1.1 302 Found|Location: https://h/x|| ! Found (Location: https://h/x) ! wss://h/x",
        "HTTP/1.1 401 No|WWW-Authenticate: Basic|| ! (WWW-Authenticate: Basic) ! credentials",
        "HTTP/1.1 503 No|Via: p|Retry-After: 7|| ! (Via: p; Retry-After: 7) ! not ready",
        "HTTP/1.1 101 Yes|| ! but not with a WebSocket: no header Upgrade: websocket ! ''",
        "SSH-2.0-x| ! answered SSH-2.0-x (an SSH server) ! is the port right?",
        "'' ! without an answer ! a relay with nothing behind it",
      })
  void namesAnAnswerThatOpensNoWebSocket(String answer, String why, String advice)
      throws IOException {
    try (OddWebSocket peer = OddWebSocket.answering(answer)) {
      Ran send = Ran.of("-m", "hello", peer.target());
      Ran bench = Ran.of("bench", "-n", "1", "--warmup", "0s", peer.target());

      assertThat(send.status()).as(send.err()).isEqualTo(3);
      assertThat(send.err())
          .startsWith("cannot connect to " + peer.target() + ": no WebSocket: ")
          .contains(why)
          .contains(advice)
          .doesNotContain("firewall", "start the server");
      assertThat(bench.status()).as(bench.err()).isEqualTo(3);
      assertThat(bench.err()).contains(why).contains(advice);
    }
  }

  @Test
  void skipsAnInterimAnswer() throws IOException {
    try (OddWebSocket peer =
        OddWebSocket.answering("HTTP/1.1 103 Early Hints|Link: x||" + OddWebSocket.ACCEPTED)) {
      Ran send = Ran.of("-m", "hello", peer.target());

      assertThat(send.status()).as(send.err()).isZero();
    }
  }

  @Test
  void asksForALimitIfSomeConnectionsWereAccepted() throws IOException {
    try (OddWebSocket peer =
        OddWebSocket.answering(
            connection -> connection == 1 ? OddWebSocket.ACCEPTED : "HTTP/1.1 503 Full||")) {
      Ran send = Ran.of("-m", "hello", "-c", "3", peer.target());

      assertThat(send.status()).as(send.err()).isEqualTo(3);
      assertThat(send.err())
          .contains("answered HTTP/1.1 503 Full (2 connections)")
          .contains("1 of 3 connections were accepted: is there a limit on connections?");
    }
  }

  @Test
  void tellsOnceForAllFlowsWhatMayHelp() throws IOException {
    try (OddWebSocket peer = OddWebSocket.answering("HTTP/1.1 404 Not Found||")) {
      Ran ping = Ran.of("ping", "-n", "1", "--flows", "3", peer.target());

      assertThat(ping.status()).as(ping.err()).isEqualTo(3);
      List<String> advice =
          ping.err().lines().filter(line -> line.contains("is the path right?")).toList();
      assertThat(advice).hasSize(1);
    }
  }

  @Test
  void asksForALimitInALoadRunToo() throws IOException {
    try (OddWebSocket peer =
        OddWebSocket.answering(
            connection -> connection == 1 ? OddWebSocket.ACCEPTED : "HTTP/1.1 503 Full||")) {
      Ran bench =
          Ran.of("bench", "-c", "3", "-n", "3", "--warmup", "0s", "--timeout", "1s", peer.target());

      assertThat(bench.err())
          .contains("1 of 3 connections were accepted: is there a limit on connections?")
          .doesNotContain("a proxy or a server answered");
    }
  }
}
