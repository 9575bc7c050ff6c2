package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.echo.EchoMode;
import dev.echo.frame.Preface;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagePreviewTest {
  private static final int BINARY = 0;
  private static final int TEXT = 1;
  private static final int MORE = 1;
  private static final int STAMP = 2;

  private final ByteBuf wire = Unpooled.buffer();
  private final List<String> lines = new ArrayList<>();

  @Test
  void showsPayloadAloneHoweverItIsCut() {
    preface();
    frame(TEXT, STAMP, "Hello, world");
    frame(BINARY, STAMP, "");
    frame(BINARY, 0, "\u001b[2J");

    assertThatEverySplitShows(
        "text, 12 B: Hello, world", "binary, 0 B: (empty)", "binary, 4 B: \\x1b[2J");
  }

  @Test
  void showsMessageOfSeveralFramesOnce() {
    preface();
    frame(TEXT, MORE | STAMP, "Hello");
    frame(TEXT, MORE, "");
    frame(TEXT, 0, ", world");
    frame(TEXT, MORE, "");
    frame(TEXT, 0, "");

    assertThatEverySplitShows("text, 12 B: Hello, world", "text, 0 B: (empty)");
  }

  @Test
  void showsHowLongMessageBegins() {
    preface();
    frame(TEXT, STAMP, "🙂".repeat(100));
    frame(BINARY, MORE, "a".repeat(300));
    frame(BINARY, 0, "b".repeat(300));

    assertThatEverySplitShows(
        "text, 400 B: " + "🙂".repeat(30) + "...",
        "binary, 300 B and more: " + "a".repeat(60) + "...");
  }

  @Test
  void showsStreamAsItIs() {
    wire.writeCharSequence("Hello\n", StandardCharsets.US_ASCII);

    assertThat(shown(EchoMode.AUTO)).containsExactly("Hello\\n");
  }

  @ParameterizedTest
  @EnumSource
  void showsEveryByteOfWhatOnlyBeginsLikePreface(EchoMode mode) {
    preface();
    wire.setByte(7, 2).writeCharSequence("abc", StandardCharsets.US_ASCII);
    String whole = "\\xfeECHO\\r\\n\\x02abc";

    assertThat(shown(mode)).containsExactly(whole);
    for (int cut = 1; cut < wire.readableBytes(); cut++) {
      assertThat(String.join("", shown(mode, cut))).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void showsFramesAsBytesWhereNothingIsInterpreted() {
    preface();
    frame(TEXT, 0, "Hi");

    assertThat(shown(EchoMode.STREAM))
        .containsExactly("\\xfeECHO\\r\\n\\x01\\x00\\x00\\x00\\x02\\x01\\x00\\x00\\x00Hi");
  }

  @Test
  void showsBytesFromMalformedHeaderOn() {
    preface();
    frame(TEXT, 0, "Hi");
    frame(TEXT, MORE, "Ho");
    frame(9, 0, "x");
    String bytes = "\\x00\\x00\\x00\\x01\\x09\\x00\\x00\\x00x".replace("\\x09", "\\t");

    assertThat(shown(EchoMode.AUTO))
        .containsExactly("text, 2 B: Hi", "text, 2 B, cut off: Ho", bytes);
    for (int cut = 1; cut < wire.readableBytes(); cut++) {
      assertThat(String.join("", shown(EchoMode.AUTO, cut)))
          .as("cut at %d", cut)
          .isEqualTo("text, 2 B: Hi" + "text, 2 B, cut off: Ho" + bytes);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "8, -",
        "7, '\\xfeECHO\\r\\n'",
        "10, '\\x00\\x00'",
        "16, 'text, 5 B, cut off'",
        "18, 'text, 5 B, cut off: He'",
        "21, 'text, 5 B: Hello'"
      })
  void showsWhatTheEndCutsOff(int bytes, @Nullable String shown) {
    preface();
    frame(TEXT, 0, "Hello");
    wire.writerIndex(bytes);

    assertThat(shown(EchoMode.AUTO)).isEqualTo(shown == null ? List.of() : List.of(shown));
  }

  @Test
  void countsWhatComesBehindTheFirstMessagesOfOneRead() {
    preface();
    for (int i = 0; i < 20; i++) {
      frame(TEXT, 0, "number " + i);
    }
    frame(TEXT, 0, "under way");
    wire.writerIndex(wire.writerIndex() - 1);

    assertThat(shown(EchoMode.AUTO))
        .containsExactly(
            "text, 8 B: number 0",
            "text, 8 B: number 1",
            "text, 8 B: number 2",
            "and 17 more messages",
            "text, 9 B, cut off: under wa");
  }

  @Test
  void makesNoTextThatNobodyWants() {
    preface();
    frame(TEXT, 0, "Hello");
    List<Object> offered = new ArrayList<>();
    MessagePreview preview = new MessagePreview(EchoMode.AUTO, offered::add);

    preview.read(wire);
    preview.read(wire.skipBytes(Preface.BYTES));

    assertThat(offered).hasSize(2);
    assertThat(wire.readerIndex()).isEqualTo(Preface.BYTES);
  }

  /** Whole, byte by byte, and in two parts at every place. */
  private void assertThatEverySplitShows(String... expected) {
    assertThat(shown(EchoMode.AUTO)).containsExactly(expected);
    int[] everyByte = new int[wire.readableBytes() - 1];
    for (int cut = 1; cut < wire.readableBytes(); cut++) {
      everyByte[cut - 1] = cut;
      assertThat(shown(EchoMode.AUTO, cut)).as("cut at %d", cut).containsExactly(expected);
    }
    assertThat(shown(EchoMode.FRAMES, everyByte)).as("byte by byte").containsExactly(expected);
  }

  private List<String> shown(EchoMode mode, int... cuts) {
    lines.clear();
    MessagePreview preview = new MessagePreview(mode, text -> lines.add(text.get()));
    int from = 0;
    for (int cut : cuts) {
      preview.read(wire.slice(from, cut - from));
      from = cut;
    }
    preview.read(wire.slice(from, wire.readableBytes() - from));
    preview.end();
    return lines;
  }

  private void preface() {
    Preface.writeRequest(wire);
  }

  private void frame(int type, int flags, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    int stamp = (flags & STAMP) == 0 ? 0 : 32;
    wire.writeInt(stamp + bytes.length).writeByte(type).writeByte(flags).writeShort(0);
    wire.writeZero(stamp).writeBytes(bytes);
  }
}
