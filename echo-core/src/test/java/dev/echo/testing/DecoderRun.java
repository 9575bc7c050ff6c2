package dev.echo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.Script.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection's worth of bytes through a decoder. What comes out is written down as values and
 * released at once, so whatever is still held is held by the decoder.
 */
public final class DecoderRun {
  /** The two ends of a connection, written down where they come past. */
  public enum End {
    /** The peer finished its side. */
    INPUT,
    /** The connection is closed. */
    CHANNEL
  }

  private final CountingAllocator channelAlloc = new CountingAllocator();
  private final CountingAllocator inputAlloc = new CountingAllocator();
  private final Recorder recorder = new Recorder();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Fed> fed = new ArrayList<>();

  /**
   * Puts handlers into a channel of their own.
   *
   * @param decoders the handlers, the first one nearest to the socket
   */
  public DecoderRun(List<? extends ChannelHandler> decoders) {
    channel.config().setAllocator(channelAlloc);
    decoders.forEach(channel.pipeline()::addLast);
    channel.pipeline().addLast(recorder);
  }

  /**
   * Gives the next bytes to the decoder.
   *
   * @param kind in what buffer
   * @param bytes the bytes
   */
  public void feed(BufferKind kind, byte[] bytes) {
    ByteBuf chunk = kind.make(inputAlloc, bytes);
    fed.add(new Fed(chunk.retain(), bytes.length, contents(chunk)));
    recorder.payloadBytes = 0;
    recorder.readsCompleted = 0;
    channel.writeOneInbound(chunk);
    channel.flushInbound();
    assertThat(recorder.readsCompleted).as("channelReadComplete is forwarded once").isEqualTo(1);
  }

  /** Fails if the decoder holds what it was given, or gave more payload than it was just given. */
  public void checkStreaming() {
    Fed last = fed.get(fed.size() - 1);
    assertThat(last.chunk().refCnt()).as("references to what was read, ours included").isEqualTo(1);
    assertThat(recorder.payloadBytes)
        .as("payload out of one read: more was gathered")
        .isLessThanOrEqualTo(last.bytes());
    assertThat(channelAlloc.liveBytes()).as("bytes allocated and held").isZero();
  }

  /**
   * Finishes the input, then closes, and looks for what is left.
   *
   * @return everything that came out, both ends included
   */
  public List<Object> end() {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    boolean left = channel.finish();
    channel.checkException();
    assertThat(left).as("messages left in the channel").isFalse();
    for (Fed each : fed) {
      assertThat(contents(each.chunk())).as("bytes of the input").isEqualTo(each.contents());
      assertThat(each.chunk().refCnt()).as("references to the input, ours included").isEqualTo(1);
      each.chunk().release();
    }
    assertThat(inputAlloc.liveBytes()).as("bytes of the input still held").isZero();
    assertThat(channelAlloc.liveBytes()).as("bytes allocated and still held").isZero();
    return recorder.transcript;
  }

  /**
   * The bytes that the handlers have allocated so far.
   *
   * @return 0 or more
   */
  public long allocatedBytes() {
    return channelAlloc.allocatedBytes();
  }

  /**
   * The bytes that the handlers have allocated and hold.
   *
   * @return 0 or more
   */
  public long liveBytes() {
    return channelAlloc.liveBytes();
  }

  /** Guard bytes too. */
  private static Bytes contents(ByteBuf chunk) {
    return Bytes.of(chunk.slice(0, chunk.capacity()));
  }

  private record Fed(ByteBuf chunk, int bytes, Bytes contents) {}

  private static final class Recorder extends ChannelInboundHandlerAdapter {
    private final List<Object> transcript = new ArrayList<>();
    private int payloadBytes;
    private int readsCompleted;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      try {
        Script.append(transcript, valueOf(msg));
      } finally {
        ReferenceCountUtil.release(msg);
      }
    }

    private Object valueOf(Object msg) {
      if (msg instanceof ByteBuf piece) {
        assertThat(piece.isReadable()).as("a piece of payload has bytes").isTrue();
        payloadBytes += piece.readableBytes();
        return Bytes.of(piece);
      }
      if (msg instanceof ByteBufHolder holder) {
        return holder.replace(Unpooled.wrappedBuffer(Bytes.of(holder.content()).toArray()));
      }
      return msg;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      readsCompleted++;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      transcript.add(new Failure(cause.getClass()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      transcript.add(event == ChannelInputShutdownEvent.INSTANCE ? End.INPUT : event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      transcript.add(End.CHANNEL);
    }
  }
}
