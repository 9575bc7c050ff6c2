package dev.echo.payload;

import dev.echo.testing.Bytes;
import dev.echo.verify.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Something that a bad path does to one message, and the verdict on it. */
enum Fault {
  FLIP_IN_PAYLOAD {
    @Override
    Damage damage(Original message, Random random) {
      return flip(message, random, message.head() + Ids.BYTES, message.length());
    }
  },
  FLIP_IN_NAME {
    @Override
    Damage damage(Original message, Random random) {
      return flip(message, random, message.head(), message.head() + Ids.BYTES);
    }
  },
  FLIP_IN_LAST_BYTE {
    @Override
    Damage damage(Original message, Random random) {
      return flip(message, random, message.length() - 1, message.length());
    }
  },
  FLIP_IN_HEADER {
    @Override
    boolean suits(Script script) {
      return script.isFramed();
    }

    @Override
    Damage damage(Original message, Random random) {
      byte[] bytes = message.bytes();
      int named = message.script().isStamped() ? 16 : 8;
      bytes[random.nextInt(named)] ^= (byte) (1 << random.nextInt(8));
      return message.settled(Verdict.FRAMING_LOST, 0, bytes);
    }
  },
  DROP {
    @Override
    Damage damage(Original message, Random random) {
      return message.settled(Verdict.DROPPED, 0);
    }
  },
  DUPLICATE_BEFORE {
    @Override
    Damage damage(Original message, Random random) {
      long old = message.sequence() - 1 - random.nextInt(6);
      return new Damage(
          List.of(message.other(message.connection(), old), message.bytes()),
          1,
          old,
          Verdict.DUPLICATED,
          0,
          Damage.SETTLES_NOTHING);
    }
  },
  JUNK_IN_FRONT {
    @Override
    Damage damage(Original message, Random random) {
      return junk(message, random, 0);
    }
  },
  JUNK_INSIDE {
    @Override
    Damage damage(Original message, Random random) {
      return junk(message, random, 1 + random.nextInt(message.length() - 1));
    }
  },
  FRONT_MISSING {
    @Override
    Damage damage(Original message, Random random) {
      int missing = 1 + random.nextInt(message.length() - 8);
      return message.settled(Verdict.SHIFTED, -missing, message.from(missing));
    }
  },
  INSIDE_MISSING {
    @Override
    Damage damage(Original message, Random random) {
      int missing = 1 + random.nextInt(message.length() - 9);
      int at = 1 + random.nextInt(message.length() - missing - 8);
      return message.settled(
          Verdict.SHIFTED, -missing, message.upTo(at), message.from(at + missing));
    }
  },
  END_MISSING {
    @Override
    Damage damage(Original message, Random random) {
      int missing = 1 + random.nextInt(message.length() - 1);
      return message.settled(Verdict.TRUNCATED, missing, message.upTo(message.length() - missing));
    }
  },
  SHORTENED_WITH_ITS_HEADER {
    @Override
    boolean suits(Script script) {
      return script.isFramed();
    }

    @Override
    Damage damage(Original message, Random random) {
      int missing = 1 + random.nextInt(message.length() - message.head());
      byte[] bytes = message.upTo(message.length() - missing);
      int length = message.length() - 8 - missing;
      for (int i = 0; i < 4; i++) {
        bytes[i] = (byte) (length >>> (24 - 8 * i));
      }
      return message.settled(Verdict.TRUNCATED, missing, bytes);
    }
  },
  SWAP {
    @Override
    Damage damage(Original message, Random random) {
      long other = message.sequence() + 1;
      return new Damage(
          List.of(message.other(message.connection(), other), message.bytes()),
          2,
          message.sequence(),
          Verdict.SWAPPED,
          other + 1,
          Damage.SETTLES);
    }
  },
  FOREIGN_INSTEAD {
    @Override
    Damage damage(Original message, Random random) {
      int other = message.connection() + 1 + random.nextInt(1000);
      return message.settled(
          Verdict.FOREIGN, other, message.other(other, random.nextInt(1_000_000)));
    }
  },
  FOREIGN_IN_FRONT {
    @Override
    Damage damage(Original message, Random random) {
      int other = message.connection() + 1 + random.nextInt(1000);
      return new Damage(
          List.of(message.other(other, random.nextInt(1_000_000)), message.bytes()),
          1,
          message.sequence(),
          Verdict.FOREIGN,
          other,
          Damage.SETTLES_NOTHING);
    }
  };

  abstract Damage damage(Original message, Random random);

  boolean suits(Script script) {
    return true;
  }

  private static Damage flip(Original message, Random random, int from, int to) {
    byte[] bytes = message.bytes();
    int flips = 1 + random.nextInt(8);
    for (int i = 0; i < flips; i++) {
      bytes[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
    }
    int bits = 0;
    for (int i = 0; i < bytes.length; i++) {
      bits += Integer.bitCount((bytes[i] ^ message.bytes()[i]) & 0xFF);
    }
    return message.settled(Verdict.CORRUPT, bits, bytes);
  }

  private static Damage junk(Original message, Random random, int at) {
    byte[] junk = new byte[1 + random.nextInt(random.nextBoolean() ? 8 : 2000)];
    random.nextBytes(junk);
    return message.settled(Verdict.SHIFTED, junk.length, message.upTo(at), junk, message.from(at));
  }

  /**
   * What arrives.
   *
   * @param bytes in place of the message
   * @param messages how many messages they are in place of
   * @param sequence the message that the verdict is about
   * @param verdict on it
   * @param amount that goes with it
   * @param settles whether the message does not count as echoed
   */
  record Damage(
      List<byte[]> bytes, int messages, long sequence, Verdict verdict, long amount, int settles) {
    static final int SETTLES = 1;
    static final int SETTLES_NOTHING = 0;

    byte[] joined() {
      return Bytes.join(bytes.toArray(byte[][]::new));
    }
  }

  /** A message as an honest path returns it. */
  static final class Original {
    private final HonestPath path;
    private final int connection;
    private final long sequence;
    private final byte[] bytes;

    Original(HonestPath path, int connection, long sequence) {
      this.path = path;
      this.connection = connection;
      this.sequence = sequence;
      this.bytes = other(connection, sequence);
    }

    int connection() {
      return connection;
    }

    long sequence() {
      return sequence;
    }

    byte[] bytes() {
      return bytes.clone();
    }

    Script script() {
      return path.script();
    }

    int length() {
      return bytes.length;
    }

    int head() {
      return script().headBytes();
    }

    byte[] from(int place) {
      return Arrays.copyOfRange(bytes, place, bytes.length);
    }

    byte[] upTo(int place) {
      return Arrays.copyOf(bytes, place);
    }

    byte[] other(int connection, long sequence) {
      ByteBuf out = path.message(connection, sequence);
      byte[] message = ByteBufUtil.getBytes(out);
      out.release();
      return message;
    }

    Damage settled(Verdict verdict, long amount, byte[]... parts) {
      return new Damage(
          new ArrayList<>(Arrays.asList(parts)), 1, sequence, verdict, amount, Damage.SETTLES);
    }
  }
}
