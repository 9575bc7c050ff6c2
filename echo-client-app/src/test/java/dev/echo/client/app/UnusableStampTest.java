package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Times of a server that cannot be right are counted, and never shown as a time. */
@Timeout(60)
class UnusableStampTest {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  /** What a server says about when it had a message. */
  enum Times {
    /** It never filled in when it sent. */
    NOT_SENT(HOUR_NANOS, 0),
    /** Its clock went back between the two. */
    BACKWARDS(HOUR_NANOS, HOUR_NANOS - 1),
    /** It had the message for an hour, which came back at once. */
    LONGER_THAN_THE_WAY(HOUR_NANOS, 2 * HOUR_NANOS);

    private final long received;
    private final long sent;

    Times(long received, long sent) {
      this.received = received;
      this.sent = sent;
    }
  }

  private final ServerSocket listener = listen();

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  /** Serves one connection as an aware server with these times would. */
  private String serve(Times times) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = listener.accept()) {
                echo(socket, times);
              } catch (IOException e) {
                // The client has ended, or the test.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return "127.0.0.1:" + listener.getLocalPort();
  }

  private static void echo(Socket socket, Times times) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    in.readFully(new byte[Preface.BYTES]);
    ByteBuf answer = Unpooled.buffer();
    Preface.writeAnswer(answer);
    for (int count = 1; ; count++) {
      long header = in.readLong();
      byte[] rest = new byte[(int) FrameHeader.length(header)];
      in.readFully(rest);
      int stamp = answer.writeLong(header).writerIndex();
      answer.writeBytes(rest);
      Stamp.fillReceived(answer, stamp, times.received, count);
      Stamp.fillSent(answer, stamp, times.sent);
      answer.readBytes(socket.getOutputStream(), answer.readableBytes());
    }
  }

  @ParameterizedTest
  @EnumSource(Times.class)
  void sendCountsIt(Times times) {
    Ran ran = Ran.with("", serve(times), "-m", "a", "-m", "b");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains(", residence unusable)", "(residence unusable)", "; 2 residences unusable: ")
        .doesNotContainPattern("residence -?[0-9]");
  }

  @ParameterizedTest
  @EnumSource(Times.class)
  void sendCountsItInJson(Times times) {
    Ran ran = Ran.with("", "--json", serve(times), "-m", "a");

    JsonObject message = ran.json().get(0);
    JsonObject summary = ran.json().get(1).getAsJsonObject("summary");
    assertThat(message.get("unusableStamp").getAsBoolean()).isTrue();
    assertThat(message.has("residenceNanos")).isFalse();
    assertThat(summary.get("unusableStamps").getAsInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Times.class)
  void pingCountsIt(Times times) {
    Ran ran = Ran.with("", "ping", serve(times), "-n", "2", "-i", "10ms");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("(residence unusable)", "2 residences unusable: the server's times are not in")
        .doesNotContainPattern("residence -?[0-9]")
        .doesNotContain("residence  min");
  }

  @ParameterizedTest
  @EnumSource(Times.class)
  void pingCountsItInJson(Times times) {
    Ran ran = Ran.with("", "ping", "--json", serve(times), "-n", "2", "-i", "10ms");

    JsonObject summary = ran.json().get(ran.json().size() - 1).getAsJsonObject("summary");
    assertThat(summary.get("unusableStamps").getAsInt()).isEqualTo(2);
    assertThat(summary.getAsJsonObject("residence").get("count").getAsInt()).isZero();
    Stream<JsonObject> replies =
        ran.json().stream()
            .filter(each -> each.has("event") && each.get("event").getAsString().equals("reply"));
    assertThat(replies)
        .hasSize(2)
        .allMatch(each -> each.get("residenceNanos").isJsonNull())
        .allMatch(each -> each.get("unusableStamp").getAsBoolean());
  }
}
