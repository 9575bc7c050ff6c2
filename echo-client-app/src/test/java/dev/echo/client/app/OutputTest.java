package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutputTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Screen screen = new Screen(OutputStream.nullOutputStream(), Destination.PIPE);

  @Test
  void previewIsOneEscapedLine() throws InterruptedException {
    ReplyOutput output = new ReplyOutput(shown, Destination.TERMINAL, screen);
    Replies replies = Replies.of(Print.REPLY, 2, output);

    replies.content(Unpooled.copiedBuffer("Hello,\n", StandardCharsets.UTF_8));
    replies.content(Unpooled.copiedBuffer("\033[31mworld", StandardCharsets.UTF_8));
    replies.end();
    replies.end();
    output.close(Duration.ofSeconds(10));

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo("[2] Hello,\\n\\x1b[31mworld\n[2] (empty)\n");
  }

  @Test
  void previewOfALongReplySaysHowMuchItLeavesOut() throws InterruptedException {
    ReplyOutput output = new ReplyOutput(shown, Destination.TERMINAL, screen);
    Replies replies = Replies.of(Print.REPLY, 1, output);

    replies.content(Unpooled.copiedBuffer("x" + "€".repeat(2000), StandardCharsets.UTF_8));
    replies.end();
    output.close(Duration.ofSeconds(10));

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo("[1] x" + "€".repeat(332) + "... 5 KB more\n");
  }

  @Test
  void pipeGetsTheBytesOfConnectionOneOnly() throws InterruptedException {
    ReplyOutput output = new ReplyOutput(shown, Destination.PIPE, screen);

    Replies.of(Print.REPLY, 2, output).content(Unpooled.wrappedBuffer(new byte[] {1}));
    Replies.of(Print.REPLY, 1, output).content(Unpooled.wrappedBuffer(new byte[] {-1, 0, 10}));
    output.close(Duration.ofSeconds(10));

    assertThat(shown.toByteArray()).containsExactly(-1, 0, 10);
  }

  @Test
  void hexKeepsRowsAcrossReads() throws InterruptedException {
    ReplyOutput output = new ReplyOutput(shown, Destination.PIPE, screen);
    Replies replies = Replies.of(Print.HEX, 1, output);

    replies.content(Unpooled.copiedBuffer("0123456789", StandardCharsets.UTF_8));
    replies.content(Unpooled.copiedBuffer("abcdefgh", StandardCharsets.UTF_8));
    replies.end();
    output.close(Duration.ofSeconds(10));

    assertThat(shown.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|",
            "00000010  67 68                                            |gh|");
  }

  @Test
  void tellsWhenNobodyReads() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ReplyOutput output = new ReplyOutput(gone, Destination.PIPE, screen);

    output.line("x");

    assertThat(output.broken()).succeedsWithin(Duration.ofSeconds(10));
    output.line("dropped");
  }

  @Test
  void statusLineIsErasedBeforeALine() {
    Screen terminal = new Screen(shown, Destination.TERMINAL);

    terminal.status("50%");
    terminal.line("ok");
    terminal.line("ok");

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo("\r\033[K\033[?7l50%\033[?7h\r\033[Kok\nok\n");
  }

  @Test
  void nothingIsRedrawnWhereItWouldNotShow() {
    for (Destination destination :
        new Destination[] {Destination.PIPE, Destination.PLAIN_TERMINAL}) {
      new Screen(shown, destination).status("50%");
    }

    assertThat(shown.size()).isZero();
  }

  @Test
  void progressFitsALine() {
    String line = Progress.line(102_000_000, 300_000_000, 51_000_000);

    assertThat(line)
        .isEqualTo(" 34% [########----------------] 102 MB of 300 MB, 51 MB/s, 3.9 s left");
    assertThat(Progress.line(999_900_000_000L, 999_900_000_000_000L, 1000).length()).isLessThan(80);
    assertThat(Progress.line(5, 0, 2)).isEqualTo("5 B came back, 2 B/s");
    assertThat(Progress.line(5, 10, 0)).endsWith("stalled");
    assertThat(Progress.line(0, 10, 0)).endsWith("waiting");
  }

  @Test
  void waitsForASlowReader() throws Exception {
    ReplyOutput output =
        new ReplyOutput(
            new OutputStream() {
              @Override
              public void write(int b) {
                shown.write(b);
              }
            },
            Destination.PIPE,
            screen);

    for (int i = 0; i < 5; i++) {
      output.write(new byte[1 << 20]);
      output.awaitRoom();
    }
    output.close(Duration.ofMinutes(1));

    assertThat(shown.size()).isEqualTo(5 << 20);
  }
}
