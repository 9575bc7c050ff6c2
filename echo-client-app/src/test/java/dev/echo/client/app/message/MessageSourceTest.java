package dev.echo.client.app.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.client.app.message.MessageSource.Split;
import dev.echo.frame.FrameType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageSourceTest {
  private static final long SEED = 20;

  @TempDir private Path folder;

  @Test
  void textIsUtf8AndSaysSo() throws IOException {
    var read = SourceContent.of(MessageSource.text("Grüße"), 0);

    assertThat(read).singleElement().extracting(SourceContent.Read::type).isEqualTo(FrameType.TEXT);
    assertThat(read.get(0).bytes()).isEqualTo("Grüße".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void emptyMessageHasNoPieces() throws IOException {
    var read = SourceContent.of(MessageSource.bytes(new byte[0]), 0);

    assertThat(read).singleElement().extracting(SourceContent.Read::pieces).isEqualTo(0);
  }

  @Test
  void bytesAboveOnePieceComeInOrder() throws IOException {
    byte[] bytes = randomBytes(3 * Pieces.MAX_BYTES + 5);

    var read = SourceContent.of(MessageSource.bytes(bytes), 0);

    assertThat(read.get(0).bytes()).as("seed " + SEED).isEqualTo(bytes);
    assertThat(read.get(0).pieces()).isEqualTo(4);
  }

  @Test
  void randomBytesComeAgainWithTheSameSeedAndDifferByRound() throws IOException {
    byte[] first = SourceContent.of(MessageSource.random(100_000, SEED), 0).get(0).bytes();
    byte[] again = SourceContent.of(MessageSource.random(100_000, SEED), 0).get(0).bytes();
    byte[] round = SourceContent.of(MessageSource.random(100_000, SEED), 1).get(0).bytes();

    assertThat(first).hasSize(100_000).isEqualTo(again).isNotEqualTo(round);
    assertThat(Arrays.copyOf(first, 8)).isNotEqualTo(Arrays.copyOf(round, 8));
  }

  @Test
  void fileIsOneMessageThatCanBeReadAgain() throws IOException {
    byte[] bytes = randomBytes(200_000);
    Path file = Files.write(folder.resolve("f"), bytes);
    MessageSource source = MessageSource.file(file, Split.WHOLE);

    source.check();

    assertThat(source.bytes()).isEqualTo(200_000);
    assertThat(source.isRepeatable()).isTrue();
    assertThat(SourceContent.of(source, 0).get(0).bytes()).as("seed " + SEED).isEqualTo(bytes);
    assertThat(SourceContent.of(source, 1).get(0).bytes()).as("seed " + SEED).isEqualTo(bytes);
  }

  @Test
  void namesAFileThatCannotBeRead() {
    assertThatThrownBy(() -> MessageSource.file(folder.resolve("none"), Split.WHOLE).check())
        .hasMessage("cannot read " + folder.resolve("none") + ": no such file");
    assertThatThrownBy(() -> MessageSource.file(folder, Split.LINES).check())
        .hasMessage("cannot read " + folder + ": is a directory");
    assertThatThrownBy(
            () -> SourceContent.of(MessageSource.file(folder.resolve("none"), Split.WHOLE), 0))
        .hasMessage("cannot read " + folder.resolve("none") + ": no such file");
  }

  @Test
  void namesAFileWhoseReadFails() {
    MessageSource source = MessageSource.file(Path.of("/proc/self/mem"), Split.WHOLE);

    assertThatThrownBy(() -> SourceContent.of(source, 0))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read /proc/self/mem: ");
  }

  @Test
  void eachLineIsAMessageWithItsEnd() throws IOException {
    assertThat(lines("one\ntwo\r\n\nlast")).containsExactly("one\n", "two\r\n", "\n", "last");
    assertThat(lines("one\n")).containsExactly("one\n");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void linesAboveOnePieceStayWhole() throws IOException {
    String full = "x".repeat(Pieces.MAX_BYTES);
    List<String> lines =
        List.of("a\n", full + "\n", full.substring(1) + "\n", full + full + "yz\n", full);

    assertThat(lines(String.join("", lines))).isEqualTo(lines);
  }

  @Test
  void lineIsTextOnlyIfItIsUtf8() throws IOException {
    byte[] bytes = "Grüße\nGr??e\n".getBytes(StandardCharsets.UTF_8);
    bytes[11] = (byte) 0xFF;

    var read =
        SourceContent.of(
            MessageSource.standardInput(new ByteArrayInputStream(bytes), Split.LINES), 0);

    assertThat(read)
        .extracting(SourceContent.Read::type)
        .containsExactly(FrameType.TEXT, FrameType.BINARY);
  }

  @Test
  void lineIsThereBeforeTheNextOneIsTyped() throws IOException {
    try (PipedInputStream in = new PipedInputStream();
        PipedOutputStream typist = new PipedOutputStream(in);
        Messages messages = MessageSource.standardInput(in, Split.LINES).open(0)) {
      typist.write("first\nsec".getBytes(StandardCharsets.UTF_8));
      typist.flush();

      Message first = messages.next();

      assertThat(first).isNotNull();
      var piece = first.open().next();
      assertThat(piece).isNotNull();
      assertThat(piece.toString(StandardCharsets.UTF_8)).isEqualTo("first\n");
      piece.release();
    }
  }

  @Test
  void standardInputStaysOpenAndIsReadOnce() throws IOException {
    boolean[] closed = new boolean[1];
    InputStream in =
        new ByteArrayInputStream(new byte[] {1, 2}) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    MessageSource source = MessageSource.standardInput(in, Split.WHOLE);

    assertThat(SourceContent.of(source, 0).get(0).bytes()).containsExactly(1, 2);
    assertThat(source.isRepeatable()).isFalse();
    assertThat(closed[0]).isFalse();
  }

  @Test
  void planRefusesToReadStandardInputTwice() {
    MessagePlan plan =
        new MessagePlan(
            List.of(MessageSource.standardInput(InputStream.nullInputStream(), Split.WHOLE)), 2);

    assertThatThrownBy(plan::check).hasMessageStartingWith("-n 2: standard input");
  }

  @Test
  void planCountsWhatItKnows() {
    List<MessageSource> known = List.of(MessageSource.text("abc"), MessageSource.random(10, 1));
    MessageSource typed = MessageSource.standardInput(InputStream.nullInputStream(), Split.LINES);

    assertThat(new MessagePlan(known, 4).count()).isEqualTo(8);
    assertThat(new MessagePlan(known, 4).bytes()).isEqualTo(52);
    assertThat(new MessagePlan(known, Long.MAX_VALUE).bytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(new MessagePlan(List.of(typed), 1).count()).isEqualTo(MessageSource.UNKNOWN);
    assertThat(new MessagePlan(List.of(typed), 1).bytes()).isEqualTo(MessageSource.UNKNOWN);
  }

  private static List<String> lines(String input) throws IOException {
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1));
    return SourceContent.texts(MessageSource.standardInput(in, Split.LINES));
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }
}
