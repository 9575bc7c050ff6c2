package dev.echo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.echo.client.MismatchException.Kind;
import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
  private final List<ByteBuf> buffers = new ArrayList<>();
  private final Expectations expectations = new Expectations(System::nanoTime);

  @AfterEach
  void nothingIsHeld() {
    expectations.fail(new IllegalStateException("end of test"));
    assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 1);
    buffers.forEach(ByteBuf::release);
  }

  @Test
  void verifiesAcrossMessagesHoweverTheBytesAreCut() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      // given messages of several sizes, some in several pieces of memory
      Random random = new Random(seed);
      ByteBuf wire = Unpooled.buffer();
      List<Message> messages = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        wire.writeBytes(bytes);
        messages.add(expect(random.nextBoolean() ? direct(bytes) : composite(bytes)));
      }

      // when they come back in pieces of any size
      while (wire.isReadable()) {
        int length = Math.min(wire.readableBytes(), 1 + random.nextInt(100));
        byte[] piece = new byte[length];
        wire.readBytes(piece);
        expectations.verify(random.nextBoolean() ? composite(piece) : direct(piece));
      }

      // then every one is complete, in order
      expectations.settle();
      assertThat(expectations.isEmpty()).as("seed %d", seed).isTrue();
      assertThat(messages).allMatch(message -> message.reply().isDone(), "seed " + seed);
      wire.release();
    }
    assertThat(expectations.counts()).isEqualTo(new Counts(1000, 1000));
  }

  @Test
  void namesTheOffsetAndBothSidesOfADifference() throws Exception {
    // given two messages, the first of them back
    expect(direct("first".getBytes(StandardCharsets.UTF_8)));
    expect(composite("the second message".getBytes(StandardCharsets.UTF_8)));
    expectations.verify(text("firstthe "));

    // when the second comes back with one letter changed
    MismatchException mismatch =
        catchThrowableOfType(
            MismatchException.class, () -> expectations.verify(text("secOnd message")));

    // then
    assertThat(mismatch.kind()).isEqualTo(Kind.PAYLOAD);
    assertThat(mismatch.message()).isEqualTo(2);
    assertThat(mismatch.offset()).isEqualTo(7);
    assertThat(mismatch.expected()).asString(StandardCharsets.UTF_8).isEqualTo("ond message");
    assertThat(mismatch.actual()).asString(StandardCharsets.UTF_8).isEqualTo("Ond message");
    assertThat(mismatch)
        .hasMessage(
            "message 2 is corrupt: 1 bit in byte 7: expected 6f 6e 64 20 6d 65 73 73 61 67 65,"
                + " came 4f 6e 64 20 6d 65 73 73 61 67 65");
    assertThat(expectations.summary()).isEqualTo(new EchoSummary(2, 1, 12));
  }

  @Test
  void keepsNoMoreThanAWindowOfEitherSide() {
    expect(direct(new byte[1000]));
    byte[] other = new byte[1000];
    other[100] = 1;

    MismatchException mismatch =
        catchThrowableOfType(MismatchException.class, () -> expectations.verify(direct(other)));

    assertThat(mismatch.offset()).isEqualTo(100);
    assertThat(mismatch.expected()).hasSize(MismatchException.WINDOW_BYTES).startsWith(0);
    assertThat(mismatch.actual()).hasSize(MismatchException.WINDOW_BYTES).startsWith(1);
  }

  @Test
  void callsWhatNobodySentASurplus() throws Exception {
    expect(text("sent"));

    MismatchException mismatch =
        catchThrowableOfType(MismatchException.class, () -> expectations.verify(text("sent!")));

    assertThat(mismatch.kind()).isEqualTo(Kind.SURPLUS);
    assertThat(mismatch.actual()).containsExactly('!');
    assertThat(mismatch.message()).isEqualTo(2);
  }

  @Test
  void tellsADamagedEchoFromSomethingElse() {
    byte[] sent = "Hello, world".getBytes(StandardCharsets.UTF_8);
    for (Damage damage : Damage.values()) {
      assertThat(Expectations.isEcho(0, sent, damage.apply(sent, 0))).as("%s", damage).isTrue();
    }
    assertThat(Expectations.isEcho(0, sent, bytes("SSH-2.0-OpenSSH_9.6\r\n"))).isFalse();
    assertThat(Expectations.isEcho(0, sent, bytes("HTTP/1.1 400 Bad Request"))).isFalse();
    assertThat(Expectations.isEcho(1, bytes("ello, world"), bytes("TTP/1.1"))).isFalse();
    assertThat(Expectations.isEcho(0, bytes("a"), bytes("b"))).isTrue();
  }

  private Message expect(ByteBuf payload) {
    Message message = Message.whole(FrameType.BINARY, new CompletableFuture<>());
    expectations.begin(message);
    Expected expected = Expected.piece(message, payload);
    expected.markLast();
    expectations.add(expected);
    return message;
  }

  private ByteBuf direct(byte[] bytes) {
    return own(ByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes));
  }

  private ByteBuf composite(byte[] bytes) {
    int cut = bytes.length / 3;
    return own(
        Unpooled.wrappedBuffer(
            Unpooled.copiedBuffer(bytes, 0, cut),
            ByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes, cut, bytes.length - cut)));
  }

  private ByteBuf text(String text) {
    return own(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private ByteBuf own(ByteBuf buffer) {
    buffers.add(buffer);
    return buffer;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
