package dev.echo.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.payload.DetectionTest.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever a path does to the bytes: each message is told once, in order, and it comes to an end.
 */
class RuinTest {
  private static final int RUNS = 10_000;
  private static final int CONNECTION = 2;

  @Test
  void tellsEachMessageOnceWhateverComes() {
    List<HonestPath> paths = paths(new Random(0));
    for (int seed = 0; seed < RUNS; seed++) {
      try {
        run(paths.get(seed % paths.size()), new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static List<HonestPath> paths(Random random) {
    List<HonestPath> paths = new ArrayList<>();
    for (Wire wire : Wire.values()) {
      for (int i = 0; i < 10; i++) {
        int least = 1 + random.nextInt(40);
        PayloadSource source =
            i == 0
                ? new PayloadSource.Fixed(new byte[least], "zeros")
                : new PayloadSource.Generated(least, least + random.nextInt(100));
        Script script = new Script(wire.mode, wire.stamps, source, random.nextLong());
        paths.add(new HonestPath(script, wire.peer));
      }
    }
    return paths;
  }

  private static void run(HonestPath path, Random random) {
    Seen seen = new Seen();
    Follower follower = new Follower(path.script(), CONNECTION, seen);
    follower.begin(0, path.peer());
    int messages = 1 + random.nextInt(60);
    ByteBuf stream = ruined(path, messages, random);
    long sent = random.nextInt(messages + 1);
    while (stream.isReadable()) {
      int part = Math.min(stream.readableBytes(), 1 + random.nextInt(300));
      sent = Math.min(messages, sent + random.nextInt(20));
      follower.received(stream.readSlice(part), sent, Seen.NANOS);
    }
    stream.release();
    follower.decideNow();

    assertThat(seen.next).isEqualTo(follower.nextSequence()).isEqualTo(seen.echoed + seen.settled);
    assertThat(seen.next).isLessThanOrEqualTo(messages);
    assertThat(follower.isInspecting()).isFalse();
    assertThat(seen.lost).isLessThanOrEqualTo(1);
    follower.release();
  }

  private static ByteBuf ruined(HonestPath path, int messages, Random random) {
    ByteBuf stream = ByteBufAllocator.DEFAULT.buffer();
    List<Fault> faults =
        Arrays.stream(Fault.values()).filter(each -> each.suits(path.script())).toList();
    for (int sequence = 0; sequence < messages; sequence++) {
      int head = path.script().headBytes();
      boolean isLong = path.script().bytes(CONNECTION, sequence) > head + Ids.BYTES;
      if (sequence > 6 && isLong && random.nextInt(6) == 0) {
        Fault fault = faults.get(random.nextInt(faults.size()));
        Fault.Original message = new Fault.Original(path, CONNECTION, sequence);
        stream.writeBytes(fault.damage(message, random).joined());
      } else {
        path.write(stream, CONNECTION, sequence);
      }
    }
    for (int cuts = random.nextInt(4); cuts > 0; cuts--) {
      int at = random.nextInt(stream.writerIndex() + 1);
      int end = Math.min(stream.writerIndex(), at + random.nextInt(400));
      byte[] rest = ByteBufUtil.getBytes(stream, end, stream.writerIndex() - end);
      stream.writerIndex(at).writeBytes(rest);
    }
    return stream;
  }
}
