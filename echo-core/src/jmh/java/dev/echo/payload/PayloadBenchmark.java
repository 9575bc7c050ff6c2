package dev.echo.payload;

import dev.echo.client.ClientMode;
import dev.echo.client.Peer;
import dev.echo.client.Stamps;
import dev.echo.frame.FrameError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a message of a load costs: to make its bytes, and to verify them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PayloadBenchmark {
  private static final long SEED = 42;

  /** Bytes of each payload. */
  @Param({"64", "1024", "65536"})
  public int payloadBytes;

  /** Whether the messages are frames. */
  @Param({"STREAM", "FRAMES"})
  public ClientMode mode;

  private final Counting sink = new Counting();
  private Script script = script(1);
  private ByteBuf out = Unpooled.EMPTY_BUFFER;
  private ByteBuf echo = Unpooled.EMPTY_BUFFER;
  private Follower follower = new Follower(script, 0, sink);
  private long sequence;

  /** Makes one message, which comes back again and again. */
  @Setup(Level.Trial)
  public void setUp() {
    script = script(payloadBytes);
    out = Unpooled.directBuffer(script.bytes(0, 0));
    echo = Unpooled.directBuffer(script.bytes(0, 0));
    script.write(echo, 0, 0);
    follower = new Follower(script.twin(), 0, sink);
  }

  private Script script(int bytes) {
    ClientMode chosen = mode == null ? ClientMode.STREAM : mode;
    return new Script(chosen, Stamps.OFF, new PayloadSource.Generated(bytes, bytes), SEED);
  }

  /** Gives everything back. */
  @TearDown(Level.Trial)
  public void tearDown() {
    follower.release();
    out.release();
    echo.release();
    if (sink.wrong > 0) {
      throw new IllegalStateException(sink.wrong + " messages were wrong");
    }
  }

  /** Makes the bytes of the next message. */
  @Benchmark
  public ByteBuf generate() {
    script.write(out.clear(), 0, sequence++);
    return out;
  }

  /** Compares what came with what must come. */
  @Benchmark
  public int verify() {
    return script.agreeing(echo, 0, echo.writerIndex(), 0, 0, 0, Peer.PLAIN);
  }

  /** The whole way of a message that comes back. */
  @Benchmark
  public long follow() {
    follower.begin(0, Peer.PLAIN);
    follower.received(echo.readerIndex(0), 1, 0);
    return sink.echoed;
  }

  private static final class Counting implements Follower.Sink {
    private long echoed;
    private long wrong;

    @Override
    public void echoed(long sequence, int bytes, long residenceNanos) {
      echoed++;
    }

    @Override
    public void wrong(WrongEcho echo) {
      wrong++;
    }

    @Override
    public void inAddition(WrongEcho echo) {
      wrong++;
    }

    @Override
    public void lost() {
      wrong++;
    }

    @Override
    public void refused(FrameError why) {
      wrong++;
    }
  }
}
