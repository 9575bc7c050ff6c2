package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.echo.EchoHandler;
import dev.echo.echo.EchoMode;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import dev.echo.frame.Preface;
import dev.echo.metrics.ObserverHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLinesTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LinePrinter printer =
      new LinePrinter(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void showsWhoComesWhatIsReadAndWhoGoes() {
    ConnectionLines lines = new ConnectionLines(printer, Console.Look.PLAIN, EchoMode.AUTO);
    EmbeddedChannel channel =
        new EmbeddedChannel(new ObserverHandler(lines), new EchoHandler(lines));

    channel.writeInbound(text("Hello, world"));
    channel.<ByteBuf>readOutbound().release();
    boolean left = channel.finish();

    assertThat(left).isFalse();
    assertThat(lines())
        .containsExactly(
            "#1 connected from a peer that is gone already",
            "#1 Hello, world",
            "#1 closed, 12 B received, 12 B echoed");
  }

  @Test
  void showsMessagesWithoutTheirFrames() {
    EmbeddedChannel channel = channel(Console.Look.PLAIN);
    ByteBuf frames = Unpooled.buffer();
    Preface.writeRequest(frames);
    frames.writeLong(FrameHeader.of(FrameType.TEXT, 12)).writeBytes(text("Hello, world"));
    frames.writeLong(FrameHeader.of(FrameType.BINARY, 2)).writeByte(0);

    channel.writeInbound(frames);
    channel.<ByteBuf>readInbound().release();
    boolean left = channel.finish();

    assertThat(left).isFalse();
    assertThat(lines())
        .containsExactly(
            "#1 connected from a peer that is gone already",
            "#1 text, 12 B: Hello, world",
            "#1 binary, 2 B, cut off: \\x00",
            "#1 closed, 37 B received, 0 B echoed");
  }

  @Test
  void showsNothingOfPeerUnescaped() {
    ConnectionLines lines = new ConnectionLines(printer, Console.Look.PLAIN, EchoMode.AUTO);
    EmbeddedChannel channel = new EmbeddedChannel(new ObserverHandler(lines));

    channel.writeInbound(text("\u001b]0;owned\u0007\r\n\u202e\u009b31m"));
    channel.<ByteBuf>readInbound().release();
    lines.ended(channel, "\u001b[2J");
    lines.failed(channel, new IOException("\u001b[2J"));
    boolean left = channel.finish();

    assertThat(left).isFalse();
    assertThat(String.join("", lines()))
        .contains("#1 \\x1b]0;owned\\x07\\r\\n\\u202e\\u009b31m")
        .contains("#1 ended: \\x1b[2J")
        .contains("#1 failed: \\x1b[2J")
        .matches(all -> all.chars().noneMatch(Character::isISOControl), "no control character");
  }

  @Test
  void coloursOnlyItsOwnWords() {
    EmbeddedChannel channel = channel(Console.Look.COLOUR);

    channel.writeInbound(text("Hello"));
    channel.<ByteBuf>readInbound().release();
    boolean left = channel.finish();

    assertThat(left).isFalse();
    assertThat(lines()).contains("\u001b[36m#1\u001b[0m Hello");
  }

  @Test
  void leavesOutWhatNobodyCouldRead() {
    EmbeddedChannel channel = channel(Console.Look.PLAIN);

    for (int i = 0; i < 1000; i++) {
      channel.writeInbound(text("x"));
      channel.<ByteBuf>readInbound().release();
    }
    boolean left = channel.finish();

    assertThat(left).isFalse();
    assertThat(lines()).hasSizeLessThan(60).contains("#1 closed, 1 KB received, 0 B echoed");
  }

  private EmbeddedChannel channel(Console.Look look) {
    return new EmbeddedChannel(
        new ObserverHandler(new ConnectionLines(printer, look, EchoMode.AUTO)));
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private List<String> lines() {
    printer.close();
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
