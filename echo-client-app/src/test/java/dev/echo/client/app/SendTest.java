package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.text.NoReaderException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SendTest {
  private static EchoServer server;
  private static Endpoint endpoint;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .join();
    endpoint = server.endpoints().get(0);
  }

  @AfterAll
  static void stop() {
    server.close().toCompletableFuture().join();
  }

  @Test
  void sendsAGreetingByDefault() {
    Ran ran = send();

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("Hello, world");
    assertThat(ran.err().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("ok 12 B in [\\d.]+ .?s \\(cold, connect .+, residence .+\\)"),
            line ->
                assertThat(line)
                    .startsWith("1 message over 1 connection: all came back, verified (12 B"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "stream"})
  void returnsEveryKindInOrderOverSeveralConnections(String mode) throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(3).nextBytes(bytes);
    Path file = Files.write(folder.resolve("f"), bytes);

    Ran ran =
        send("3", "--mode", mode, "-m", "Grüße", "--empty", "-f", file.toString(), "--hex", "00ff");

    assertThat(ran.status()).as(ran.err()).isZero();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes("Grüße".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    expected.writeBytes(bytes);
    expected.writeBytes(new byte[] {0, -1});
    assertThat(ran.output().toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(ran.err())
        .contains("[3] ok 7 B in ")
        .contains("4 messages over 3 connections: all 12 came back, verified");
  }

  @Test
  void emptyMessageAloneComesBack() {
    Ran ran = send("--empty");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).startsWith("ok 0 B in ");
  }

  /** No TCP connection can be made to a broadcast address: there is no route for one. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void saysWhenThereIsNoRoute() {
    Ran ran = Ran.of("255.255.255.255:7");

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.err())
        .isEqualTo(
            "cannot connect to tcp://255.255.255.255:7: unreachable: no route to the host:"
                + " is the address right?\n");
  }

  @Test
  void teesStandardInputToAllConnections() {
    String input = "0123456789\n".repeat(50_000);

    Ran ran = Ran.with(input, endpoint.toString(), "3", "-f", "-", "-m", "end");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo(input + "end");
  }

  @Test
  void sendsEachLineAsAMessage() {
    Ran ran = Ran.with("one\n\ntwo", endpoint.toString(), "-f", "-", "--lines");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("one\n\ntwo");
    assertThat(ran.err()).contains("3 messages over 1 connection");
  }

  @Test
  void tellsEachMessageOnlyUpToTwenty() {
    assertThat(send("-n", "20").err().lines()).hasSize(21);
    assertThat(send("-n", "21").err().lines()).hasSize(1);
    assertThat(send("-n", "21", "-v").err().lines()).hasSize(22);
    assertThat(send("7", "-n", "3").err().lines()).hasSize(1);
    assertThat(send("-n", "3", "-q").err()).isEmpty();
    assertThat(Ran.with("x\n".repeat(25), endpoint.toString(), "-f", "-", "--lines").err().lines())
        .hasSize(22)
        .contains("(the first 20; -v shows the others too)");
  }

  @Test
  void tellsTheSeedAndUsesIt() {
    Ran first = send("--random", "1000");
    String seed = first.err().lines().findFirst().orElseThrow().replaceAll("seed (\\d+) .*", "$1");

    Ran again = send("--random", "1000", "--seed", seed);

    assertThat(first.output().size()).isEqualTo(1000);
    assertThat(again.output().toByteArray()).isEqualTo(first.output().toByteArray());
  }

  @Test
  void jsonHasAnObjectForEachMessageThenASummary() {
    Ran ran = send("2", "--json", "-m", "text", "--hex", "00");

    List<JsonObject> objects = ran.json();
    assertThat(ran.err()).isEmpty();
    assertThat(objects).hasSize(5);
    assertThat(objects.subList(0, 4))
        .allSatisfy(
            each -> {
              assertThat(each.get("verdict").getAsString()).isEqualTo("ok");
              assertThat(each.get("serviceTimeNanos").getAsLong()).isPositive();
            })
        .extracting(
            each ->
                each.get("connection").getAsInt()
                    + " "
                    + each.get("message").getAsInt()
                    + " "
                    + each.get("type").getAsString()
                    + " "
                    + each.get("bytes").getAsLong())
        .containsExactlyInAnyOrder("1 1 text 4", "2 1 text 4", "1 2 binary 1", "2 2 binary 1")
        .containsSubsequence("1 1 text 4", "1 2 binary 1")
        .containsSubsequence("2 1 text 4", "2 2 binary 1");
    JsonObject summary = objects.get(4).getAsJsonObject("summary");
    assertThat(summary.get("sent").getAsLong()).isEqualTo(4);
    assertThat(summary.get("echoed").getAsLong()).isEqualTo(4);
    assertThat(summary.get("verdict").getAsString()).isEqualTo("ok");
    assertThat(summary.get("exitStatus").getAsInt()).isZero();
  }

  @Test
  void jsonTellsAFailureBeforeAnythingIsSent() {
    JsonObject summary = send("--json", "-f", folder.resolve("none").toString()).json().get(0);

    assertThat(summary.getAsJsonObject("summary").get("verdict").getAsString()).isEqualTo("usage");
    assertThat(summary.getAsJsonObject("summary").get("exitStatus").getAsInt()).isEqualTo(2);
  }

  @Test
  void printsHexOrNothing() {
    assertThat(send("-m", "hi", "--print", "hex").out())
        .isEqualTo("00000000  68 69" + " ".repeat(44) + "|hi|\n");
    assertThat(send("-m", "hi", "--print", "none").out()).isEmpty();
  }

  @Test
  void checksEveryFileBeforeItSends() {
    Path none = folder.resolve("none");

    Ran ran = send("-m", "x", "-f", none.toString());

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).isEqualTo("cannot read " + none + ": no such file\n");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void endsWhenAFileVanishes() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "x");
    OutputStream removing =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            assertThat(file.toFile().delete() || !Files.exists(file)).isTrue();
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int status =
        Main.run(
            InputStream.nullInputStream(),
            removing,
            err,
            endpoint.toString(),
            "-n",
            "100000",
            "-f",
            file.toString());

    assertThat(status).isEqualTo(2);
    assertThat(err.toString(java.nio.charset.StandardCharsets.UTF_8))
        .contains("cannot read " + file + ": no such file");
  }

  @Test
  void goesOnVerifyingWhenNobodyReadsItsOutput() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new NoReaderException(new IOException("Broken pipe"));
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int status =
        Main.run(InputStream.nullInputStream(), gone, err, endpoint.toString(), "-n", "1000");

    assertThat(status).isZero();
    assertThat(err.toString(java.nio.charset.StandardCharsets.UTF_8))
        .contains("1000 messages over 1 connection: all came back");
  }

  /** It never ends, so what is left of it cannot be verified. */
  @Test
  void readsNoMoreInputWhenNobodyReadsItsOutput() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return '\n';
          }
        };
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new NoReaderException(new IOException("Broken pipe"));
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int status = Main.run(endless, gone, err, endpoint.toString(), "-f", "-");

    assertThat(status).isEqualTo(4);
    assertThat(err.toString(java.nio.charset.StandardCharsets.UTF_8))
        .contains("standard output was closed, so the rest of the input was not sent\n")
        .endsWith("incomplete\n");
  }

  @Test
  void refusesStreamDataThatLooksLikeFramesUnlessTold() {
    String[] words = {"--mode", "stream", "--hex", "fe4543484f0d0a01", "--timeout", "1s"};

    Ran ran = send(words);

    assertThat(ran.status()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains("--allow-preface");
  }

  @Test
  void runsTheDemoIntoAPipe() {
    Ran ran = Ran.of("demo");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("[3] ok  1 MB at random").contains("12 of 12 messages");
    assertThat(ran.out().lines()).hasSize(15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "tls", "unix", "ws", "wss"})
  void runsTheDemoOverEveryConnection(String scheme) {
    Ran ran = Ran.of("demo", scheme);

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("server  " + scheme + "://").contains("12 of 12 messages");
  }

  @Test
  void runsTheDemoOverDatagrams() {
    Ran ran = Ran.of("demo", "udp");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).startsWith("server  udp://").contains("12 of 12 messages");
  }

  private static Ran send(String... words) {
    return Ran.of(
        Stream.concat(Stream.of(endpoint.toString()), Arrays.stream(words)).toArray(String[]::new));
  }
}
