package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code whoami} makes of answers that tell less, or something else, than ours. */
@Timeout(30)
class WhoamiAnswerTest {
  private static final long ANSWER_PREFACE = 0xFE4543484F0D0A81L;
  private static final int PREFACE_AND_QUESTION = 16;
  private static final int WHOAMI = 2;

  private static Ran ask(byte[] answer, int type, String... options) {
    try (ServingPeer peer =
        ServingPeer.together((number, socket) -> answer(socket, answer, type))) {
      String[] words = new String[options.length + 2];
      words[0] = "whoami";
      words[1] = peer.target();
      System.arraycopy(options, 0, words, 2, options.length);
      return Ran.of(words);
    }
  }

  private static Ran ask(String answer, String... options) {
    return ask(answer.getBytes(StandardCharsets.UTF_8), WHOAMI, options);
  }

  private static void answer(Socket socket, byte[] answer, int type) throws IOException {
    socket.getInputStream().readNBytes(PREFACE_AND_QUESTION);
    ByteBuffer frame = ByteBuffer.allocate(PREFACE_AND_QUESTION + answer.length);
    frame.putLong(ANSWER_PREFACE).putInt(answer.length).putInt(type << 24).put(answer);
    socket.getOutputStream().write(frame.array());
    socket.getInputStream().readAllBytes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                         | peer         echo-server not told (commit not",
        "{}                                         | listener     not told, not told",
        "{}                                         | sees         not told",
        "{}                                         | proxied for  not told",
        "{}                                         | tls          not told",
        "{}                                         | per source not told, idle not told, stalled not",
        "{\"server\":{\"version\":7}}               | echo-server not told (",
        "{\"peer\":null}                            | sees         no address",
        "{\"peer\":null,\"endpoint\":\"unix\"}      | sees         a Unix socket",
        "{\"peer\":{\"address\":\"::1\"}}           | sees         [::1]:not told",
        "{\"peer\":{\"port\":\"9\"}}                | sees         not told:not told",
        "{\"peer\":\"127.0.0.1\"}                   | sees         not told",
        "{\"proxied\":null}                         | proxied for  nobody",
        "{\"tls\":null}                             | tls          none",
        "{\"tls\":false}                            | tls          not told",
        "{\"tls\":{}}                               | not told, not told, server name not told, client n",
        "{\"tls\":{\"serverName\":null}}            | server name none, client not told",
        "{\"limits\":[]}                            | limits       ceiling not told",
        "{\"limits\":{\"maxConnections\":null}}     | connections no limit, per source not told",
        "{\"limits\":{\"maxConnections\":-1}}       | connections not told",
        "{\"limits\":{\"maxConnections\":1.5}}      | connections not told",
        "{\"limits\":{\"maxConnections\":1e99}}     | connections not told",
        "{\"limits\":{\"maxConnections\":99999999999999999999}} | connections not told",
        "{\"limits\":{\"maxConnections\":\"5\"}}    | connections not told",
        "{\"limits\":{\"maxConnections\":5}}        | connections 5, per source not told",
      })
  void inventsNothing(String answer, String line) {
    Ran ran = ask(answer);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).contains(line);
  }

  @Test
  void jsonHasOnlyWhatWasTold() {
    Ran ran = ask("{\"limits\":{\"maxConnections\":null},\"new\":12345678901234567890}", "--json");

    assertThat(ran.json().get(0).get("whoami").toString())
        .isEqualTo("{\"limits\":{\"maxConnections\":null},\"new\":12345678901234567890}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "{", "{a:1}", "{} {}", "{\"a\":NaN}", "\"{}\"", " "})
  void takesWhatIsNoObjectForNoAnswer(String answer) {
    Ran text = ask(answer);
    Ran json = ask(answer, "--json");

    assertThat(text.status()).isEqualTo(1);
    assertThat(text.out()).isEmpty();
    assertThat(text.err()).isEqualTo("wrong: the answer to WHOAMI is no JSON object\n");
    assertThat(json.json().get(0).get("verdict").getAsString()).isEqualTo("wrong");
    assertThat(json.json().get(0).get("whoami").isJsonNull()).isTrue();
  }

  @Test
  void takesWhatIsNotUtf8ForNoAnswer() {
    byte[] answer = "{\"endpoint\":\"t?p\"}".getBytes(StandardCharsets.ISO_8859_1);
    answer[14] = (byte) 0xE9;

    Ran ran = ask(answer, WHOAMI);

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("wrong: the answer to WHOAMI is not UTF-8");
  }

  @Test
  void namesAFrameThatIsNoAnswer() {
    Ran ran = ask(new byte[] {1}, 0);

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).startsWith("wrong: a frame of type 0 instead of the answer to WHOAMI");
  }
}
