package dev.echo.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.client.Peer;
import dev.echo.client.Stamps;
import dev.echo.payload.Fault.Damage;
import dev.echo.testing.Bytes;
import dev.echo.verify.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One message of a hundred is damaged: each damage is found, by its name, and nothing else is. */
class DetectionTest {
  private static final int CONNECTION = 3;
  private static final int ROUND_MESSAGES = 100;
  private static final int MARGIN = 10;

  /** Together 10,000 and more, over all setups. */
  private static final int FAULTS = 420;

  enum Wire {
    FRAMES(ClientMode.FRAMES, Stamps.OFF, Peer.AWARE),
    STAMPED_PLAIN(ClientMode.FRAMES, Stamps.ON, Peer.PLAIN),
    STAMPED_AWARE(ClientMode.FRAMES, Stamps.ON, Peer.AWARE),
    STREAM(ClientMode.STREAM, Stamps.OFF, Peer.UNKNOWN);

    final ClientMode mode;
    final Stamps stamps;
    final Peer peer;

    Wire(ClientMode mode, Stamps stamps, Peer peer) {
      this.mode = mode;
      this.stamps = stamps;
      this.peer = peer;
    }
  }

  enum Cut {
    WHOLE,
    ANYWHERE
  }

  record Setup(Wire wire, PayloadSource.Generated sizes, Cut cut, long seed) {}

  static Stream<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    for (Wire wire : Wire.values()) {
      for (Cut cut : Cut.values()) {
        long seed = setups.size() * 1_000L;
        setups.add(new Setup(wire, new PayloadSource.Generated(32, 32), cut, seed + 1));
        setups.add(new Setup(wire, new PayloadSource.Generated(64, 64), cut, seed + 2));
        setups.add(new Setup(wire, new PayloadSource.Generated(32, 1500), cut, seed + 3));
      }
    }
    return setups.stream();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void namesEachFaultAndNothingElse(Setup setup) {
    Wire wire = setup.wire();
    Script script = new Script(wire.mode, wire.stamps, setup.sizes(), setup.seed());
    HonestPath path = new HonestPath(script, wire.peer);
    Random random = new Random(setup.seed());
    List<Fault> faults = Arrays.stream(Fault.values()).filter(each -> each.suits(script)).toList();
    Seen seen = new Seen();
    Follower follower = new Follower(script.twin(), CONNECTION, seen);
    follower.begin(0, wire.peer);
    ByteBuf stream = ByteBufAllocator.DEFAULT.buffer();
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    long settled = 0;

    for (int round = 0; round < FAULTS; round++) {
      long first = (long) round * ROUND_MESSAGES;
      long hit = first + MARGIN + random.nextInt(ROUND_MESSAGES - 2 * MARGIN);
      Fault fault = faults.get(round % faults.size());
      for (long each = first; each < hit; each++) {
        path.write(stream, CONNECTION, each);
      }
      Damage damage = visible(path, CONNECTION, fault, hit, random);
      byte[] damaged = damage.joined();
      stream.writeBytes(damaged);
      for (long each = hit + damage.messages(); each < first + ROUND_MESSAGES; each++) {
        path.write(stream, CONNECTION, each);
      }
      feed(follower, stream, setup.cut(), random, first + ROUND_MESSAGES);

      String what = setup + ", round " + round + ", " + fault + " of message " + hit;
      assertThat(seen.wrong).as(what).hasSize(round + 1);
      WrongEcho wrong = seen.wrong.get(round);
      assertThat(wrong.connection()).as(what).isEqualTo(CONNECTION);
      assertThat(wrong.verdict()).as("%s: %s", what, wrong).isEqualTo(damage.verdict());
      assertThat(wrong.sequence()).as("%s: %s", what, wrong).isEqualTo(damage.sequence());
      assertThat(wrong.amount()).as("%s: %s", what, wrong).isEqualTo(damage.amount());
      if (wrong.offset() >= 0) {
        byte[] whole = bytes(path, hit);
        assertThat(wrong.offset())
            .as("%s: %s", what, wrong)
            .isEqualTo(firstWrong(wrong, whole, damaged, path));
      }
      counts.merge(wrong.verdict(), 1, Integer::sum);
      settled += damage.settles();
    }

    assertThat(seen.lost).as(setup.toString()).isZero();
    assertThat(seen.next).as(setup.toString()).isEqualTo((long) FAULTS * ROUND_MESSAGES);
    assertThat(seen.settled).as(setup.toString()).isEqualTo(settled);
    assertThat(follower.isAtBoundary()).isTrue();
    stream.release();
    follower.release();
  }

  /** A fault that leaves the bytes of its own message as they were is one of the next message. */
  static Damage visible(HonestPath path, int connection, Fault fault, long hit, Random random) {
    while (true) {
      Fault.Original original = new Fault.Original(path, connection, hit);
      byte[] bytes = original.bytes();
      Damage damage = fault.damage(original, random);
      if (damage.amount() != 0 || damage.verdict() != Verdict.CORRUPT) {
        if (differs(bytes, damage.joined(), path, connection, hit) < bytes.length) {
          return damage;
        }
      }
    }
  }

  /** The first byte that differs, or that is missing. */
  private static long firstWrong(WrongEcho wrong, byte[] whole, byte[] came, HonestPath path) {
    int differs = differs(whole, came, path, CONNECTION, wrong.sequence());
    return switch (wrong.verdict()) {
      case TRUNCATED -> came.length;
      case SHIFTED -> wrong.amount() < 0 ? Math.min(came.length, differs) : differs;
      default -> differs;
    };
  }

  /** Where the bytes that arrive, and those behind them, part from the message. */
  private static int differs(
      byte[] whole, byte[] damaged, HonestPath path, int connection, long hit) {
    byte[] next = new Fault.Original(path, connection, hit + 1).bytes();
    byte[] arrived = Bytes.join(damaged, next);
    for (int i = 0; i < whole.length; i++) {
      if (i < arrived.length && arrived[i] != whole[i]) {
        boolean isFilled =
            path.script().isStamped() && path.peer() == Peer.AWARE && i >= 16 && i < 40;
        if (!isFilled) {
          return i;
        }
      }
    }
    return whole.length;
  }

  private static byte[] bytes(HonestPath path, long sequence) {
    ByteBuf out = path.message(CONNECTION, sequence);
    byte[] bytes = ByteBufUtil.getBytes(out);
    out.release();
    return bytes;
  }

  private static void feed(Follower follower, ByteBuf stream, Cut cut, Random random, long sent) {
    while (stream.isReadable()) {
      int all = stream.readableBytes();
      int part = cut == Cut.WHOLE ? all : Math.min(all, 1 + random.nextInt(2_000));
      ByteBuf in = stream.alloc().buffer(part).writeBytes(stream, part);
      follower.received(in, sent, Seen.NANOS);
      assertThat(in.isReadable()).isFalse();
      in.release();
    }
    stream.clear();
  }
}
