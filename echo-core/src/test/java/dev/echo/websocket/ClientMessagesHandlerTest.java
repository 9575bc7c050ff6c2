package dev.echo.websocket;

import static dev.echo.testing.Fragments.closing;
import static dev.echo.testing.Fragments.plain;
import static dev.echo.testing.Fragments.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.duplex.EndOfOutput;
import dev.echo.testing.Bytes;
import dev.echo.testing.LeakExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out is shown without its mask, one line a fragment: first byte, payload. */
@ExtendWith(LeakExtension.class)
class ClientMessagesHandlerTest {
  private static final Bytes PREFACE = new Bytes("fe4543484f0d0a01");
  private static final Bytes ANSWER = new Bytes("fe4543484f0d0a81");
  private static final Bytes FRAME = new Bytes("0000000201000000").then(utf8("hi"));

  private int inputEnds;
  private Throwable failure;
  private final EmbeddedChannel channel = channel(ClientMessagesHandler.detecting());

  private EmbeddedChannel channel(ClientMessagesHandler messages) {
    return new EmbeddedChannel(
        messages,
        new ChannelInboundHandlerAdapter() {
          @Override
          public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
            inputEnds += evt == ChannelInputShutdownEvent.INSTANCE ? 1 : 0;
          }

          @Override
          public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failure = cause;
          }
        });
  }

  private void write(Bytes bytes) {
    channel.writeOutbound(ByteBufAllocator.DEFAULT.buffer().writeBytes(bytes.toArray()));
  }

  private void read(Bytes bytes) {
    if (bytes.size() > 0) {
      channel.writeInbound(ByteBufAllocator.DEFAULT.buffer().writeBytes(bytes.toArray()));
    }
  }

  private static Bytes rest(Bytes bytes, int from) {
    return new Bytes(bytes.hex().substring(2 * from));
  }

  private Bytes came() {
    return came(channel);
  }

  private static Bytes came(EmbeddedChannel channel) {
    Bytes all = Bytes.NONE;
    for (ByteBuf in = channel.readInbound(); in != null; in = channel.readInbound()) {
      all = all.then(Bytes.of(in));
      in.release();
    }
    return all;
  }

  private List<String> went() {
    return went(channel);
  }

  private static List<String> went(EmbeddedChannel channel) {
    ByteBuf all = Unpooled.buffer();
    for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      if (out instanceof ByteBuf buffer) {
        all.writeBytes(buffer);
        buffer.release();
      }
    }
    List<String> fragments = new ArrayList<>();
    FragmentWalker walker = new FragmentWalker(FragmentWalker.Direction.CLIENT_TO_SERVER);
    while (all.isReadable()) {
      int first = all.getUnsignedByte(all.readerIndex());
      assertThat(walker.begin(all)).as("sound: %s", walker.error()).isTrue();
      ByteBuf payload = Unpooled.buffer();
      walker.moveTo(all, (int) walker.remaining(), payload);
      fragments.add(Integer.toHexString(first) + " " + Bytes.of(payload).hex());
    }
    return fragments;
  }

  @Test
  void sendsEachFrameAsAMessageWithAPreface() {
    write(PREFACE.then(FRAME).then(FRAME));
    write(FRAME);

    String message = "82 " + PREFACE.then(FRAME).hex();
    assertThat(went()).containsExactly(message, message, message);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void sendsAFrameHoweverItIsWritten() {
    write(PREFACE);
    for (int i = 0; i < FRAME.size(); i++) {
      write(new Bytes(FRAME.hex().substring(2 * i, 2 * i + 2)));
    }

    assertThat(went()).containsExactly("82 " + PREFACE.then(FRAME).hex());
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void sendsALongFrameInFragments() {
    byte[] payload = new byte[150_000];
    new Random(1).nextBytes(payload);
    Bytes frame = new Bytes("%08x00000000".formatted(payload.length)).then(Bytes.of(payload));

    write(PREFACE.then(frame));

    List<String> went = went();
    assertThat(went).hasSize(3);
    assertThat(went.get(0)).startsWith("2 ").hasSize(2 + 2 * 65536);
    assertThat(went.get(1)).startsWith("0 ").hasSize(2 + 2 * 65536);
    assertThat(went.get(2)).startsWith("80 ");
    assertThat(went.get(0).substring(2) + went.get(1).substring(2) + went.get(2).substring(3))
        .isEqualTo(PREFACE.then(frame).hex());
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void sendsAStreamAsAMessageForEachWrite() {
    write(utf8("ab"));
    write(utf8("c"));
    write(Bytes.NONE);

    assertThat(went()).containsExactly("82 6162", "82 63");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void takesNothingForFramesInAStream() {
    EmbeddedChannel stream = channel(ClientMessagesHandler.stream());
    stream.writeOutbound(Unpooled.wrappedBuffer(PREFACE.toArray()));
    stream.writeOutbound(Unpooled.wrappedBuffer(FRAME.toArray()));

    assertThat(went(stream)).containsExactly("82 " + PREFACE.hex(), "82 " + FRAME.hex());
    stream.writeInbound(Unpooled.wrappedBuffer(plain(0x82, PREFACE).toArray()));
    stream.writeInbound(Unpooled.wrappedBuffer(plain(0x82, PREFACE).toArray()));
    assertThat(came(stream)).isEqualTo(PREFACE.then(PREFACE));
    assertThat(stream.finish()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void joinsTheFramesThatComeBackToOneStreamHoweverTheyAreCut() {
    Bytes all =
        plain(0x82, ANSWER.then(FRAME))
            .then(plain(0x02, ANSWER.first(3)))
            .then(plain(0x89, utf8("?")))
            .then(plain(0x00, rest(ANSWER, 3).then(FRAME.first(2))))
            .then(plain(0x80, rest(FRAME, 2)));
    write(PREFACE.then(FRAME).then(FRAME));
    went();

    for (int i = 0; i < all.size(); i++) {
      read(new Bytes(all.hex().substring(2 * i, 2 * i + 2)));
    }

    assertThat(came()).isEqualTo(ANSWER.then(FRAME).then(FRAME));
    assertThat(went()).containsExactly("8a 3f");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void keepsWhatLooksLikeAPrefaceInAStream() {
    write(utf8("x"));
    went();

    read(plain(0x82, ANSWER).then(plain(0x82, ANSWER)));

    assertThat(came()).isEqualTo(ANSWER.then(ANSWER));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void answersAPingOnlyBehindAFragment() {
    write(PREFACE.then(FRAME.first(9)));
    List<String> begun = new ArrayList<>();
    read(plain(0x89, utf8("1")).then(plain(0x89, utf8("2"))));
    assertThat(channel.outboundMessages()).hasSize(1);

    write(rest(FRAME, 9));

    begun.addAll(went());
    assertThat(begun).containsExactly("82 " + PREFACE.then(FRAME).hex(), "8a 32");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void endsItsOutputWithACloseFrame() {
    channel.writeOutbound(EndOfOutput.INSTANCE);

    assertThat(went()).containsExactly("88 03e8");
    assertThatThrownBy(() -> write(utf8("late"))).isInstanceOf(ClosedChannelException.class);
    read(plain(0x89, utf8("?")).then(plain(0x88, closing(1000, ""))));
    assertThat(went()).isEmpty();
    assertThat(inputEnds).isEqualTo(1);
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"03e8", "03e9", ""})
  void takesTheServersCloseFrameForTheEnd(String payload) {
    read(plain(0x81, utf8("a")).then(plain(0x88, new Bytes(payload))).then(utf8("ignored")));
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(came()).isEqualTo(utf8("a"));
    assertThat(inputEnds).isEqualTo(1);
    assertThat(went()).containsExactly("88 " + payload);
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "88, 03f16269, closed with code 1009: bi",
    "88, 03ea1b5b, closed with code 1002: \\x1b[",
  })
  void saysWithWhichCodeTheServerClosed(String first, String payload, String why) {
    read(plain(Integer.parseInt(first, 16), new Bytes(payload)));

    assertThat(failure)
        .isInstanceOfSatisfying(
            WebSocketException.class,
            told -> assertThat(told.kind()).isEqualTo(WebSocketException.Kind.CLOSED))
        .hasMessageContaining(why);
    assertThat(inputEnds).isEqualTo(1);
    assertThat(went()).hasSize(1);
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "c1, 61, 03ea, a reserved bit is set",
    "80, 61, 03ea, nothing to continue",
    "83, 61, 03ea, opcode 3",
    "8b, '', 03ea, opcode 11",
    "09, '', 03ea, a control frame in fragments",
    "88, 03, 03ea, a close code of one byte",
    "88, 03ed, 03ea, close code 1005",
    "88, 03e8c328, 03ef, a close reason that is no UTF-8",
    "81, c328, 03ef, a text message that is no UTF-8",
    "81, 61c3, 03ef, a text message that is no UTF-8",
  })
  void saysWhichRuleTheServerBroke(String first, String payload, String code, String rule) {
    read(plain(Integer.parseInt(first, 16), new Bytes(payload)));

    assertThat(failure)
        .isInstanceOfSatisfying(
            WebSocketException.class,
            told -> assertThat(told.kind()).isEqualTo(WebSocketException.Kind.VIOLATION))
        .hasMessage("the peer broke the WebSocket protocol (RFC 6455): " + rule);
    assertThat(inputEnds).isEqualTo(1);
    assertThat(went()).singleElement().asString().startsWith("88 " + code);
    assertThat(came()).isEqualTo(Bytes.NONE);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void takesTextHoweverItsLettersAreCut() {
    read(
        plain(0x01, new Bytes("61c3"))
            .then(plain(0x89, Bytes.NONE))
            .then(plain(0x80, new Bytes("bc"))));

    assertThat(came()).isEqualTo(utf8("a\u00fc"));
    assertThat(failure).isNull();
    went();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void passesOnNothingBehindAViolation() {
    read(plain(0x82, utf8("a")).then(plain(0xc2, utf8("b"))).then(plain(0x82, utf8("c"))));

    assertThat(came()).isEqualTo(utf8("a"));
    assertThat(went()).hasSize(1);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void passesOnTheEndOfTheConnection() {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(inputEnds).isEqualTo(1);
    assertThat(channel.finish()).isFalse();
  }
}
