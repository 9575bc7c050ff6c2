package dev.echo.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final int MAX_CONNECTION = (1 << 20) - 1;

  @Test
  void undoesItsMixing() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong();
      assertThat(Ids.unmix(Ids.mix(value))).isEqualTo(value);
      assertThat(Ids.mix(Ids.unmix(value))).isEqualTo(value);
    }
    assertThat(Ids.unmix(Ids.mix(-1))).isEqualTo(-1);
  }

  @Test
  void givesBackConnectionAndSequence() {
    int[] connections = {0, 1, 4_711, MAX_CONNECTION};
    long[] sequences = {0, 1, 1L << 31, 1L << 32, Ids.MAX_SEQUENCE};
    for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE, 0x9E37_79B9_7F4A_7C15L}) {
      Ids ids = new Ids(seed);
      for (int connection : connections) {
        for (long sequence : sequences) {
          long word = ids.word(connection, sequence);

          assertThat(ids.connection(word)).as("seed %s", seed).isEqualTo(connection);
          assertThat(ids.sequence(word)).as("seed %s", seed).isEqualTo(sequence);
        }
      }
    }
  }

  @Test
  void neverRepeatsAWordNorACheck() {
    Set<Long> seen = new HashSet<>();
    Ids ids = new Ids(7);
    for (int connection = 0; connection < 10; connection++) {
      for (long sequence = 0; sequence < 1_000; sequence++) {
        long word = ids.word(connection, sequence);
        assertThat(seen.add(word)).isTrue();
        assertThat(seen.add(ids.check(word, 0))).isTrue();
        assertThat(seen.add(ids.check(word, 1))).isTrue();
      }
    }
  }

  @Test
  void looksDifferentWithEachSeed() {
    assertThat(new Ids(1).word(0, 0)).isNotEqualTo(new Ids(2).word(0, 0));
    long word = new Ids(1).word(0, 0);
    assertThat(new Ids(2).check(word, 0)).isNotEqualTo(new Ids(1).check(word, 0));
  }
}
