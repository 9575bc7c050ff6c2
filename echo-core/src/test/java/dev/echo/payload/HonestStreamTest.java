package dev.echo.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.echo.client.Peer;
import dev.echo.frame.FrameError;
import dev.echo.payload.DetectionTest.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Millions of messages come back as they were sent, and nobody says anything. */
class HonestStreamTest {
  private static final int BATCH = 1_000;
  private static final int BATCHES = 500;
  private static final int SEED = 4;

  @ParameterizedTest
  @EnumSource
  void raisesNoAlarm(Wire wire) {
    Script script = new Script(wire.mode, wire.stamps, new PayloadSource.Generated(1, 200), SEED);
    HonestPath path = new HonestPath(script, wire.peer);
    Random random = new Random(SEED);
    Seen seen = new Seen();
    Follower follower = new Follower(script.twin(), 17, seen);
    follower.begin(0, wire.peer);
    ByteBuf stream = Unpooled.directBuffer(BATCH * 250);
    for (int batch = 0; batch < BATCHES; batch++) {
      long first = (long) batch * BATCH;
      for (long each = first; each < first + BATCH; each++) {
        path.write(stream, 17, each);
      }
      while (stream.isReadable()) {
        int part = Math.min(stream.readableBytes(), 1 + random.nextInt(20_000));
        follower.received(stream.readSlice(part), first + BATCH, Seen.NANOS);
      }
      stream.clear();
    }
    stream.release();

    assertThat(seen.wrong).isEmpty();
    assertThat(seen.lost).isZero();
    assertThat(seen.echoed).isEqualTo((long) BATCH * BATCHES);
    assertThat(follower.isAtBoundary()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 64, 1_500})
  void allocatesNothingForAMessage(int size) {
    Script script =
        new Script(
            Wire.STAMPED_AWARE.mode,
            Wire.STAMPED_AWARE.stamps,
            new PayloadSource.Generated(size, size),
            3);
    HonestPath path = new HonestPath(script, Peer.AWARE);
    ByteBuf stream = Unpooled.directBuffer(BATCH * 1_600);
    for (long each = 0; each < BATCH; each++) {
      path.write(stream, 17, each);
    }
    Counting counting = new Counting();
    Follower follower = new Follower(script, 17, counting);
    follow(follower, stream);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      follow(follower, stream);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(counting.echoed).isEqualTo(101 * BATCH);
    assertThat(allocated).as("bytes for %d messages", 100 * BATCH).isLessThan(10 * BATCH);
    stream.release();
  }

  /** In two reads, so that a message is torn. */
  private static void follow(Follower follower, ByteBuf stream) {
    int end = stream.writerIndex();
    follower.begin(0, Peer.AWARE);
    follower.received(stream.readerIndex(0).writerIndex(end / 2 - 1), BATCH, Seen.NANOS);
    follower.received(stream.writerIndex(end), BATCH, Seen.NANOS);
  }

  private static final class Counting implements Follower.Sink {
    private int echoed;

    @Override
    public void echoed(long sequence, int bytes, long residenceNanos) {
      echoed++;
    }

    @Override
    public void wrong(WrongEcho wrong) {
      throw new AssertionError(wrong.toString());
    }

    @Override
    public void inAddition(WrongEcho wrong) {
      throw new AssertionError(wrong.toString());
    }

    @Override
    public void lost() {
      throw new AssertionError("lost");
    }

    @Override
    public void refused(FrameError why) {
      throw new AssertionError(why.toString());
    }
  }
}
