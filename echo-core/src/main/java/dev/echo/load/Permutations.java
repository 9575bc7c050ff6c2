package dev.echo.load;

import java.util.SplittableRandom;

/**
 * The one-sided permutation test for two samples: how often would a shuffle of all values put them
 * at least as far apart as they are? It supposes nothing about how the values are distributed.
 * Exact as long as the shuffles can be counted, else by a seeded sample of them (R. A. Fisher, The
 * Design of Experiments, 1935, section 21).
 */
final class Permutations {
  private static final int MAX_EXACT = 200_000;
  private static final int SAMPLED = 100_000;
  private static final long SEED = 65_432;

  private final double[] all;
  private final int chosen;
  private final double threshold;
  private long extreme;
  private long seen;

  private Permutations(double[] low, double[] high) {
    all = new double[low.length + high.length];
    System.arraycopy(low, 0, all, 0, low.length);
    System.arraycopy(high, 0, all, low.length, high.length);
    chosen = high.length;
    double sum = 0;
    double magnitude = 0;
    for (double value : high) {
      sum += value;
    }
    for (double value : all) {
      magnitude += Math.abs(value);
    }
    // With both sizes fixed, the sum of one sample orders the shuffles as the difference of the
    // means does; equal sums may differ in their last bits.
    threshold = sum - magnitude * 1e-12;
  }

  /** The probability that values as high as these are an accident of the order. */
  static double probability(double[] low, double[] high) {
    Permutations test = new Permutations(low, high);
    if (shuffles(low.length + high.length, high.length) <= MAX_EXACT) {
      test.countAll(0, 0, 0);
      return (double) test.extreme / test.seen;
    }
    test.sample();
    // The order that was observed is one of the shuffles.
    return (test.extreme + 1.0) / (test.seen + 1.0);
  }

  private static double shuffles(int of, int chosen) {
    double number = 1;
    for (int i = 1; i <= chosen; i++) {
      number = number * (of - chosen + i) / i;
    }
    return number;
  }

  private void countAll(int from, int taken, double sum) {
    if (taken == chosen) {
      count(sum);
      return;
    }
    for (int i = from; i <= all.length - (chosen - taken); i++) {
      countAll(i + 1, taken + 1, sum + all[i]);
    }
  }

  private void sample() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] deck = all.clone();
    for (int i = 0; i < SAMPLED; i++) {
      double sum = 0;
      for (int card = 0; card < chosen; card++) {
        int other = random.nextInt(card, deck.length);
        double value = deck[other];
        deck[other] = deck[card];
        deck[card] = value;
        sum += value;
      }
      count(sum);
    }
  }

  private void count(double sum) {
    seen++;
    if (sum >= threshold) {
      extreme++;
    }
  }
}
