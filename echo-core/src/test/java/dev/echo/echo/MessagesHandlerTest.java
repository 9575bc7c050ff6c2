package dev.echo.echo;

import static dev.echo.echo.Frames.ANSWER;
import static dev.echo.echo.Frames.PREFACE;
import static dev.echo.echo.Frames.header;
import static dev.echo.echo.Frames.stamped;
import static dev.echo.echo.Frames.text;
import static dev.echo.testing.Fragments.closing;
import static dev.echo.testing.Fragments.masked;
import static dev.echo.testing.Fragments.plain;
import static dev.echo.testing.Fragments.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.duplex.SocketEndHandler;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.metrics.EchoObserver;
import dev.echo.testing.Bytes;
import dev.echo.websocket.WebSocketOpened;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends is masked; what comes back is what is written here. */
class MessagesHandlerTest {
  private static final Bytes CLOSE_1000 = plain(0x88, closing(1000, ""));
  private static final Bytes DRAIN_1001 = plain(0x88, closing(1001, "bye"));
  private static final FrameError DRAIN = new FrameError(ErrorCode.DRAINING, "bye");

  private EmbeddedChannel channel = open(EchoMode.AUTO, FrameHeader.MAX_LENGTH);

  private static EmbeddedChannel open(EchoMode mode, long maxFrameBytes) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            SocketEndHandler.INSTANCE,
            new MessagesHandler(mode, maxFrameBytes),
            new EchoHandler(EchoObserver.NONE));
    channel.pipeline().fireUserEventTriggered(WebSocketOpened.INSTANCE);
    return channel;
  }

  @Test
  void returnsMessagesOfBothTypesWithoutTheirMasks() {
    send(
        masked(0x81, utf8("hé"))
            .then(masked(0x82, new Bytes("00ff")))
            .then(masked(0x81, Bytes.NONE)));

    assertThat(echoed())
        .isEqualTo(
            plain(0x81, utf8("hé"))
                .then(plain(0x82, new Bytes("00ff")))
                .then(plain(0x81, Bytes.NONE)));
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {125, 126, 65535, 65536, 200_000})
  void returnsMessagesOfAnyLength(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);

    send(masked(0x82, Bytes.of(payload)));

    assertThat(echoed().equals(plain(0x82, Bytes.of(payload)))).as("length " + length).isTrue();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void passesOnWhatHasComeAsAFragmentOfItsOwn() {
    Bytes message = masked(0x81, utf8("Hello"));

    send(message.first(8));
    Bytes begun = echoed();
    send(new Bytes(message.hex().substring(16)));

    assertThat(begun).isEqualTo(plain(0x01, utf8("He")));
    assertThat(echoed()).isEqualTo(plain(0x80, utf8("llo")));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void keepsTheTypeOfAMessageInFragmentsWithAPingBetweenThem() {
    send(
        masked(0x01, utf8("a"))
            .then(masked(0x89, utf8("?")))
            .then(masked(0x00, Bytes.NONE))
            .then(masked(0x80, utf8("b"))));

    assertThat(echoed())
        .isEqualTo(
            plain(0x01, utf8("a")).then(plain(0x8A, utf8("?"))).then(plain(0x80, utf8("b"))));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void returnsTheSamePayloadHoweverItIsCut() {
    Bytes frame = PREFACE.then(stamped(5, "686921"));
    Bytes all =
        masked(0x82, new Bytes("fe4543"))
            .then(masked(0x01, utf8("é€")))
            .then(masked(0x8A, utf8("unasked")))
            .then(masked(0x80, utf8("😀")))
            .then(masked(0x82, frame))
            .then(masked(0x89, utf8("ping")))
            .then(masked(0x88, closing(4000, "")));

    for (int cut = 0; cut <= all.size(); cut++) {
      channel = open(EchoMode.AUTO, FrameHeader.MAX_LENGTH);
      send(all.first(cut));
      send(new Bytes(all.hex().substring(2 * cut)));

      Talk talk = Talk.of(echoed());
      assertThat(talk.messages()).as("cut at " + cut).hasSize(3);
      assertThat(talk.messages().get(0)).isEqualTo("2 fe4543");
      assertThat(talk.messages().get(1)).isEqualTo("1 " + utf8("é€😀").hex());
      assertThat(talk.messages().get(2)).startsWith("2 " + ANSWER.then(header(35, 0, 2)).hex());
      assertThat(talk.messages().get(2)).endsWith("686921");
      assertThat(talk.control()).containsExactly("a " + utf8("ping").hex(), "8 0fa0");
      assertThat(channel.isOpen()).isFalse();
      assertThat(channel.finish()).isFalse();
    }
  }

  @Test
  void answersThePrefaceOfAFrameAndFillsItsStamp() {
    send(
        masked(0x82, PREFACE.then(stamped(7, "6869")))
            .then(masked(0x82, PREFACE.then(stamped(8, "")))));

    String first = Talk.of(echoed()).messages().get(0);
    assertThat(first).startsWith("2 " + ANSWER.then(header(34, 0, 2)).hex() + "0000000000000007");
    assertThat(first).endsWith("0000000000000001" + "6869").doesNotContain("0".repeat(24));
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "fe4543484f0d0a01, only a preface",
    "fe4543484f0d0a010000000300000000aabb, shorter than its frame",
    "fe4543484f0d0a010000000100000000aabb, longer than its frame",
    "fe4543484f0d0a010000000103000000aa, of an unknown type",
    "fe4543484f0d0a010000000100020000aa, with no room for its stamp",
    "fe4543484f0d0a020000000000000000, of another version",
    "fe4543484f0d0a810000000000000000, an answer",
  })
  void returnsEveryOtherBinaryMessageAsItIs(String hex, String what) {
    send(masked(0x82, new Bytes(hex)));

    assertThat(echoed()).as(what).isEqualTo(plain(0x82, new Bytes(hex)));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void findsAFrameInFragments() {
    Bytes frame = PREFACE.then(text("68692121"));

    send(masked(0x02, frame.first(3)));
    send(masked(0x00, new Bytes(frame.hex().substring(6, 36))));
    send(masked(0x80, new Bytes(frame.hex().substring(36))));

    assertThat(Talk.of(echoed()).messages())
        .containsExactly("2 " + ANSWER.then(text("68692121")).hex());
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void endsAMessageInFragmentsThatIsNotAsLongAsItsFrame() {
    send(masked(0x02, PREFACE.then(text("6869"))).then(masked(0x80, new Bytes("21"))));

    assertThat(Talk.of(echoed()).control().get(0)).startsWith("8 03ef"); // 1007
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void answersOneQuestionWhateverItsFragments() {
    channel.close();
    channel =
        new EmbeddedChannel(
            SocketEndHandler.INSTANCE,
            new MessagesHandler(EchoMode.AUTO, FrameHeader.MAX_LENGTH, connection -> "{}"),
            new EchoHandler(EchoObserver.NONE));
    channel.pipeline().fireUserEventTriggered(WebSocketOpened.INSTANCE);
    Bytes question = PREFACE.then(new Bytes("0000000002000000"));

    send(masked(0x02, question.first(9)));
    send(masked(0x00, new Bytes(question.hex().substring(18))).then(masked(0x80, Bytes.NONE)));
    send(masked(0x82, PREFACE.then(text("21"))));
    send(masked(0x82, question));

    assertThat(Talk.of(echoed()).messages())
        .containsExactly(
            "2 " + ANSWER.hex() + "0000000202000000" + utf8("{}").hex(),
            "2 " + ANSWER.then(text("21")).hex(),
            "2 " + question.hex());
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void interpretsNothingInStreamMode() {
    channel = open(EchoMode.STREAM, FrameHeader.MAX_LENGTH);

    send(masked(0x82, PREFACE.then(text("6869"))));

    assertThat(echoed()).isEqualTo(plain(0x82, PREFACE.then(text("6869"))));
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"81, 6869", "82, 6869", "82, ''"})
  void takesFramesOnlyInFramesMode(String first, String payload) {
    channel = open(EchoMode.FRAMES, FrameHeader.MAX_LENGTH);

    send(masked(Integer.parseInt(first, 16), new Bytes(payload)));

    Talk talk = Talk.of(echoed());
    assertThat(talk.messages()).singleElement().asString().startsWith("2 " + ANSWER.hex());
    assertThat(talk.control()).singleElement().asString().startsWith("8 03eb"); // 1003
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void returnsThePeersCloseCodeAndCloses() {
    send(masked(0x81, utf8("a")).then(masked(0x88, closing(4321, "done"))).then(new Bytes("ffff")));

    assertThat(echoed()).isEqualTo(plain(0x81, utf8("a")).then(plain(0x88, closing(4321, ""))));
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "810161, 1002", // not masked
    "f18000000000, 1002", // reserved bits
    "838000000000, 1002", // reserved opcode
    "89fe007e00000000, 1002", // a ping of 126 bytes
    "098000000000, 1002", // a ping in fragments
    "808000000000, 1002", // nothing to continue
    "88820000000003ec, 1002", // close with 1004
    "818100000000ff, 1007", // no UTF-8
    "818100000000c3, 1007", // half of a character
    "8883000000000fa0ff, 1007" // a reason that is no UTF-8
  })
  void closesWithTheRightCode(String hex, int code) {
    send(masked(0x82, new Bytes("01")).then(new Bytes(hex)));

    Bytes echo = echoed();
    Talk talk = Talk.of(echo);
    assertThat(talk.messages()).containsExactly("2 01");
    assertThat(talk.control()).hasSize(1);
    assertThat(talk.control().get(0)).startsWith("8 %04x".formatted(code));
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void saysAboutTextThatIsWrongAfterItsBeginningHasGone() {
    Bytes message = masked(0x81, new Bytes("61ff"));

    send(message.first(message.size() - 1));
    send(new Bytes(message.hex().substring(2 * message.size() - 2)));

    assertThat(echoed())
        .isEqualTo(
            plain(0x01, utf8("a")).then(plain(0x88, closing(1007, "a text that is no UTF-8"))));
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"81", "82"})
  void closesWith1009AboveTheLimitBeforeAnyOfIt(String first) {
    channel = open(EchoMode.AUTO, 3);
    int begin = Integer.parseInt(first, 16);

    send(masked(begin, utf8("123")).then(masked(begin, utf8("1234"))));

    Talk talk = Talk.of(echoed());
    assertThat(talk.messages()).containsExactly((begin & 15) + " 313233");
    assertThat(talk.control()).singleElement().asString().startsWith("8 03f1");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void closesWith1009WhenFragmentsAddUpAboveTheLimit() {
    channel = open(EchoMode.AUTO, 3);

    send(masked(0x01, utf8("12")).then(masked(0x00, utf8("34"))));

    assertThat(Talk.of(echoed()).control()).singleElement().asString().startsWith("8 03f1");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void tellsAPeerThatSendsFramesByAnErrorToo() {
    channel = open(EchoMode.AUTO, 3);

    send(masked(0x82, PREFACE.then(text("31323334"))));

    Talk talk = Talk.of(echoed());
    assertThat(talk.messages()).hasSize(1);
    assertThat(talk.messages().get(0)).startsWith("2 " + ANSWER.hex()).contains("0f0000000001");
    assertThat(talk.control()).singleElement().asString().startsWith("8 03f1");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void saysGoodbyeWhenDraining() {
    channel.pipeline().fireUserEventTriggered(DRAIN);

    assertThat(echoed()).isEqualTo(DRAIN_1001);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void drainsBehindTheMessageUnderWay() {
    send(masked(0x01, utf8("a")));
    channel.pipeline().fireUserEventTriggered(DRAIN);
    Bytes before = echoed();

    send(masked(0x80, utf8("b")).then(masked(0x81, utf8("c"))));

    assertThat(before).isEqualTo(plain(0x01, utf8("a")));
    assertThat(echoed()).isEqualTo(plain(0x80, utf8("b")).then(DRAIN_1001));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void closesForAPeerThatFinishesWithoutAWord() {
    send(masked(0x81, utf8("a")));

    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(echoed()).isEqualTo(plain(0x81, utf8("a")).then(CLOSE_1000));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void holdsNothingOfEndlessFragments() {
    send(masked(0x02, new Bytes("00")));
    for (int i = 0; i < 2000; i++) {
      send(masked(0x00, i % 2 == 0 ? Bytes.NONE : new Bytes("01")));
    }

    assertThat(Talk.of(echoed()).open()).hasSize(2 * 1001);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void releasesWhatItHoldsWhenTheConnectionIsGone() {
    send(masked(0x02, PREFACE.first(5)));
    send(masked(0x89, utf8("ping")).first(8));

    channel.close();

    assertThat(channel.finish()).isFalse();
  }

  private void send(Bytes bytes) {
    if (bytes.size() == 0) {
      return;
    }
    ByteBuf in = ByteBufAllocator.DEFAULT.buffer().writeBytes(bytes.toArray());
    channel.writeInbound(in);
  }

  private Bytes echoed() {
    return Frames.echoed(channel);
  }
}
