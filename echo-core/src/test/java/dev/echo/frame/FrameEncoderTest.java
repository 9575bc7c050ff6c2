package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.UnsupportedMessageTypeException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {
  private final EmbeddedChannel client = new EmbeddedChannel(FrameEncoder.forClient());
  private final EmbeddedChannel server = new EmbeddedChannel(FrameEncoder.forServer());

  @AfterEach
  void nothingIsLeft() {
    assertThat(client.finish()).isFalse();
    assertThat(server.finish()).isFalse();
  }

  @Test
  void opensAClientsConnectionWithTheRequestInTheBufferOfTheFirstHeader() {
    client.writeOutbound(FrameHead.whole(FrameType.TEXT, 0), FrameHead.whole(FrameType.BINARY, 0));

    assertThat(read(client)).isEqualTo(Wire.REQUEST.then(Wire.header(0, 1, 0, 0)));
    assertThat(read(client)).isEqualTo(Wire.header(0, 0, 0, 0));
  }

  @Test
  void opensAServersConnectionWithTheAnswer() {
    server.writeOutbound(FrameHead.whole(FrameType.TEXT, 0), FrameHead.whole(FrameType.BINARY, 0));

    assertThat(read(server)).isEqualTo(Wire.ANSWER.then(Wire.header(0, 1, 0, 0)));
    assertThat(read(server)).isEqualTo(Wire.header(0, 0, 0, 0));
  }

  @Test
  void writesTheStampBehindTheHeaderAndCountsIt() {
    open();

    client.writeOutbound(
        new FrameHead(FrameType.BINARY, 2, true, new Stamp(1, 2, 3, -4)), bytes(2));

    assertThat(read(client)).isEqualTo(Wire.header(34, 0, 3, 0).then(Wire.stamp(1, 2, 3, -4)));
    assertThat(read(client).size()).isEqualTo(2);
  }

  @Test
  void passesPayloadOnUncopiedInAnyPieces() {
    open();
    ByteBuf first = bytes(3);
    ByteBuf second = bytes(4);

    client.writeOutbound(FrameHead.whole(FrameType.BINARY, 7), first, second);

    assertThat(read(client)).isEqualTo(Wire.header(7, 0, 0, 0));
    assertThat(client.<ByteBuf>readOutbound()).isSameAs(first);
    assertThat(client.<ByteBuf>readOutbound()).isSameAs(second);
    assertThat(first.release() && second.release()).isTrue();
  }

  @Test
  void writesTheLargestHeader() {
    open();

    client.writeOutbound(FrameHead.whole(FrameType.BINARY, Wire.MAX));

    assertThat(read(client)).isEqualTo(Wire.header(Wire.MAX, 0, 0, 0));
  }

  @Test
  void refusesMorePayloadThanAnnounced() {
    open();
    ByteBuf tooMuch = bytes(4);
    client.writeOutbound(FrameHead.whole(FrameType.BINARY, 3));
    read(client);

    assertRefused(client.write(tooMuch), "4 bytes of payload, but the frame takes 3");

    assertThat(tooMuch.refCnt()).isZero();
    client.writeOutbound(bytes(3));
    assertThat(read(client).size()).isEqualTo(3);
  }

  @Test
  void refusesPayloadWithoutAHead() {
    ByteBuf payload = bytes(1);

    assertRefused(client.write(payload), "1 bytes of payload, but the frame takes 0");

    assertThat(payload.refCnt()).isZero();
  }

  @Test
  void refusesAHeadAnEndOrAnErrorWhilePayloadIsMissing() {
    server.writeOutbound(FrameHead.whole(FrameType.BINARY, 3), bytes(1));
    read(server);
    read(server);

    assertRefused(
        server.write(FrameHead.whole(FrameType.BINARY, 0)), "2 bytes of payload are missing");
    assertRefused(server.write(FrameEnd.INSTANCE), "2 bytes of payload are missing");
    assertRefused(server.write(new FrameError(1, "")), "2 bytes of payload are missing");

    server.writeOutbound(bytes(2), FrameEnd.INSTANCE);
    assertThat(read(server).size()).isEqualTo(2);
  }

  @Test
  void refusesWhatTheWireForbids() {
    open();
    client.writeOutbound(new FrameHead(FrameType.TEXT, 0, true, null));
    read(client);

    assertRefused(client.write(FrameHead.whole(FrameType.BINARY, 0)), "goes on with a message");
    assertRefused(client.write(FrameHead.whole(FrameType.ERROR, 2)), "ERROR from a client");
    assertRefused(client.write(new FrameError(1, "")), "ERROR from a client");
    assertRefused(server.write(FrameHead.whole(FrameType.ERROR, 1)), "ERROR without a code");
  }

  @Test
  void opensWithThePrefaceEvenIfTheFirstHeadWasRefused() {
    assertRefused(client.write(FrameHead.whole(FrameType.ERROR, 2)), "ERROR from a client");

    client.writeOutbound(FrameHead.whole(FrameType.BINARY, 0));

    assertThat(read(client)).isEqualTo(Wire.REQUEST.then(Wire.header(0, 0, 0, 0)));
  }

  @Test
  void writesAnErrorAsOneFrameBehindTheAnswer() {
    server.writeOutbound(new FrameError(ErrorCode.DRAINING, "bye"));
    server.writeOutbound(new FrameError(ErrorCode.DRAINING, "bye"));

    Bytes frame = Wire.error(3, "627965").input();
    assertThat(read(server)).isEqualTo(Wire.ANSWER.then(frame));
    assertThat(read(server)).isEqualTo(frame);
  }

  @Test
  void passesAnEmptyBufferAtAnyTime() {
    client.writeOutbound(Unpooled.EMPTY_BUFFER);

    assertThat(read(client)).isEqualTo(Bytes.NONE);
  }

  @Test
  void completesThePromiseOfAnEnd() {
    open();

    assertThat(client.write(FrameEnd.INSTANCE).isSuccess()).isTrue();
  }

  @Test
  void refusesOtherMessages() {
    ByteBuf inside = bytes(1);
    FrameMessage message = new FrameMessage(FrameType.BINARY, inside, null);

    ChannelFuture written = client.write(message);

    assertThat(written.cause()).isInstanceOf(UnsupportedMessageTypeException.class);
    assertThat(inside.refCnt()).isZero();
  }

  @Test
  void handsTheCallersPromiseOn() {
    EmbeddedChannel channel = new EmbeddedChannel(new Failing(), FrameEncoder.forClient());

    ChannelFuture head = channel.write(FrameHead.whole(FrameType.BINARY, 1));
    ChannelFuture payload = channel.write(bytes(1));

    assertThat(head.cause()).hasMessage("broken");
    assertThat(payload.cause()).hasMessage("broken");
    assertThat(channel.finish()).isFalse();
  }

  private void open() {
    client.writeOutbound(FrameHead.whole(FrameType.TEXT, 0));
    read(client);
  }

  private static ByteBuf bytes(int count) {
    return Unpooled.directBuffer(count).writeZero(count);
  }

  private static Bytes read(EmbeddedChannel channel) {
    ByteBuf out = channel.readOutbound();
    try {
      return Bytes.of(out);
    } finally {
      out.release();
    }
  }

  private static void assertRefused(ChannelFuture written, String why) {
    assertThat(written.cause()).isInstanceOf(IllegalStateException.class).hasMessageContaining(why);
  }

  private static final class Failing extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
      ((ByteBuf) msg).release();
      promise.setFailure(new IOException("broken"));
    }
  }
}
