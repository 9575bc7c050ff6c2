package dev.echo.frame;

import dev.echo.frame.HeaderWalker.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a frame costs: to walk over its header, to decode it, to encode it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
  private static final int FRAMES = 16;

  /** Bytes of each payload. */
  @Param({"64", "1024"})
  public int payloadBytes;

  private final HeaderWalker walker =
      new HeaderWalker(Direction.CLIENT_TO_SERVER, FrameHeader.MAX_LENGTH);
  private ByteBuf frames = Unpooled.EMPTY_BUFFER;
  private ByteBuf payload = Unpooled.EMPTY_BUFFER;
  private EmbeddedChannel decoding = new EmbeddedChannel();
  private EmbeddedChannel encoding = new EmbeddedChannel();

  /** Makes a buffer of whole frames, and channels behind the preface. */
  @Setup(Level.Trial)
  public void setUp() {
    payload = Unpooled.directBuffer(payloadBytes).writeZero(payloadBytes);
    frames = Unpooled.directBuffer();
    for (int i = 0; i < FRAMES; i++) {
      frames
          .writeLong(FrameHeader.of(FrameType.BINARY, payloadBytes))
          .writeBytes(payload, 0, payloadBytes);
    }
    decoding = new EmbeddedChannel(FrameDecoder.forServer(FrameHeader.MAX_LENGTH), new Sink());
    decoding.writeInbound(
        Unpooled.wrappedBuffer(new byte[] {(byte) 0xfe, 'E', 'C', 'H', 'O', 13, 10, 1}));
    encoding = new EmbeddedChannel(FrameEncoder.forClient());
  }

  /** Gives everything back. */
  @TearDown(Level.Trial)
  public void tearDown() {
    frames.release();
    payload.release();
    decoding.finishAndReleaseAll();
    encoding.finishAndReleaseAll();
  }

  /** The server's way: header by header, no payload. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int walk() {
    int at = 0;
    while (at < frames.writerIndex()) {
      if (walker.begin(frames.getLong(at)) != null) {
        throw new IllegalStateException();
      }
      at += FrameHeader.BYTES + (int) walker.remaining();
      walker.skip(walker.remaining());
    }
    return at;
  }

  /** An embedder's way in, with what an embedded channel costs. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public void decode() {
    decoding.pipeline().fireChannelRead(frames.retainedDuplicate()).fireChannelReadComplete();
  }

  /** An embedder's way out, with what an embedded channel costs. */
  @Benchmark
  public void encode() {
    encoding.writeOneOutbound(
        new FrameMessage(FrameType.BINARY, payload.retainedDuplicate(), null));
    encoding.flushOutbound();
    encoding.releaseOutbound();
  }

  private static final class Sink extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      ReferenceCountUtil.release(msg);
    }
  }
}
