package dev.echo.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Decodes a toy protocol, one byte of length and a payload, well and badly. */
class DecoderVerifierTest {
  private static final Script EMPTY = Script.of(Bytes.of((byte) 0), "head 0", "end");
  private static final Script THREE =
      Script.of(
          Bytes.of((byte) 3, (byte) 7, (byte) 8, (byte) 9),
          "head 3",
          Bytes.of((byte) 7, (byte) 8, (byte) 9),
          "end");
  private static final Script ALL = THREE.then(EMPTY).times(5);

  @Test
  void acceptsASoundDecoder() {
    DecoderVerifier.streaming(Toy::new).verify(ALL);
  }

  @Test
  void acceptsADecoderThatGathersIfItMay() {
    DecoderVerifier.gathering(() -> List.of(new Gathering())).verify(ALL);
  }

  @Test
  void rejectsOtherOutput() {
    DecoderVerifier verifier = DecoderVerifier.streaming(Toy::new);
    assertThatThrownBy(() -> verifier.verify(ALL.then(Script.of(EMPTY.input(), "end"))))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> verifier.verify(Script.of(THREE.input())))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void rejectsADecoderThatLosesAByteAtASplit() {
    assertRejected(
        () ->
            new Toy() {
              @Override
              void payload(ChannelHandlerContext ctx, ByteBuf in) {
                if (in.readableBytes() < remaining) {
                  in.skipBytes(1);
                  remaining--;
                }
                if (in.isReadable()) {
                  super.payload(ctx, in);
                }
              }
            });
  }

  @Test
  void rejectsADecoderThatGathersByReference() {
    assertRejected(Gathering::new, "references to what was read");
  }

  @Test
  void rejectsADecoderThatGathersByCopy() {
    assertRejected(
        () ->
            new Toy() {
              private byte[] held = new byte[0];

              @Override
              void payload(ChannelHandlerContext ctx, ByteBuf in) {
                byte[] now = new byte[Math.min(remaining, in.readableBytes())];
                in.readBytes(now);
                held = Bytes.join(held, now);
                remaining -= now.length;
                if (remaining == 0) {
                  ctx.fireChannelRead(Unpooled.wrappedBuffer(held));
                  held = new byte[0];
                  ctx.fireChannelRead("end");
                }
              }
            },
        "more was gathered");
  }

  @Test
  void rejectsADecoderThatLeaksABuffer() {
    assertRejected(
        () ->
            new Toy() {
              @Override
              public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ByteBuf in = (ByteBuf) msg;
                super.channelRead(ctx, in.retain());
                if (in.writerIndex() == in.readerIndex() + 1) {
                  in.release();
                }
              }
            },
        "references to");
    assertRejected(
        () ->
            new Toy() {
              @Override
              public void handlerAdded(ChannelHandlerContext ctx) {
                ctx.alloc().buffer(16);
              }
            },
        "bytes allocated");
  }

  @Test
  void rejectsADecoderThatForgetsTheEnd() {
    assertRejected(
        () ->
            new Toy() {
              @Override
              public void channelInactive(ChannelHandlerContext ctx) {
                remaining = 0;
              }
            });
    assertRejected(
        () ->
            new Toy() {
              @Override
              public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                remaining = 0;
              }
            });
    assertRejected(
        () ->
            new Toy() {
              @Override
              void end(ChannelHandlerContext ctx) {
                if (remaining != 0) {
                  super.end(ctx);
                }
              }
            });
  }

  @Test
  void rejectsADecoderThatSwallowsTheEndOfARead() {
    assertRejected(
        () ->
            new Toy() {
              @Override
              public void channelReadComplete(ChannelHandlerContext ctx) {
                remaining += 0;
              }
            },
        "channelReadComplete");
  }

  @Test
  void rejectsADecoderThatWritesIntoItsInput() {
    assertRejected(
        () ->
            new Toy() {
              @Override
              public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ByteBuf in = (ByteBuf) msg;
                in.setByte(in.readerIndex() - 1, 0);
                super.channelRead(ctx, msg);
              }
            },
        "bytes of the input");
  }

  @Test
  void rejectsADecoderThatCountsFromIndexZero() {
    assertRejected(
        () ->
            new Toy() {
              @Override
              public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ByteBuf in = (ByteBuf) msg;
                super.channelRead(ctx, in.setIndex(0, in.readableBytes()));
              }
            });
  }

  @Test
  void rejectsADecoderThatTakesOneMessageOfMany() {
    assertRejected(
        () ->
            new Toy() {
              @Override
              void end(ChannelHandlerContext ctx) {
                super.end(ctx);
                rest = true;
              }
            });
  }

  private static void assertRejected(Supplier<ChannelHandler> broken) {
    assertRejected(broken, "");
  }

  private static void assertRejected(Supplier<ChannelHandler> broken, String reason) {
    DecoderVerifier verifier = DecoderVerifier.streaming(broken);
    assertThatThrownBy(() -> verifier.verify(ALL))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(reason);
  }

  private static class Toy extends ChannelInboundHandlerAdapter {
    int remaining;
    boolean rest;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      ByteBuf in = (ByteBuf) msg;
      rest = false;
      while (in.isReadable() && !rest) {
        if (remaining > 0) {
          payload(ctx, in);
          continue;
        }
        remaining = in.readUnsignedByte();
        ctx.fireChannelRead("head " + remaining);
        if (remaining == 0) {
          end(ctx);
        }
      }
      in.release();
    }

    void payload(ChannelHandlerContext ctx, ByteBuf in) {
      int bytes = Math.min(remaining, in.readableBytes());
      remaining -= bytes;
      ctx.fireChannelRead(in.readRetainedSlice(bytes));
      if (remaining == 0) {
        end(ctx);
      }
    }

    void end(ChannelHandlerContext ctx) {
      ctx.fireChannelRead("end");
    }
  }

  private static final class Gathering extends Toy {
    private final List<ByteBuf> held = new ArrayList<>();

    @Override
    void payload(ChannelHandlerContext ctx, ByteBuf in) {
      int bytes = Math.min(remaining, in.readableBytes());
      remaining -= bytes;
      held.add(in.readRetainedSlice(bytes));
      if (remaining == 0) {
        held.forEach(ctx::fireChannelRead);
        held.clear();
        end(ctx);
      }
    }
  }
}
