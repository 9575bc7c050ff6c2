package dev.echo.load;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/**
 * Looks for the highest rate that holds: doubles until one fails, halves the gap until it is five
 * percent, and has the answer confirmed three times. Knows nothing of runs.
 */
final class RateSearch {
  /** The answer is this close to a rate that fails. */
  static final double PRECISION = 1.05;

  /** So many runs at the answer hold, one after the other. */
  static final int CONFIRMATIONS = 3;

  /** A descent of 5% each, when confirming fails; then nothing steady is to be found. */
  private static final int MAX_DESCENTS = 10;

  private static final double LOWEST = 1;
  private static final double HIGHEST = 1e9;
  private static final MathContext DIGITS = new MathContext(3);

  private final double start;
  private double holds;
  private double fails = Double.POSITIVE_INFINITY;
  private double undecided;
  private double current;
  private int confirmed;
  private int descents;
  private boolean confirming;
  private boolean over;

  RateSearch(double start) {
    this.start = round(start);
  }

  /** The next rate to try; empty when the search is over. */
  OptionalDouble next() {
    current = over ? 0 : choose();
    over = current == 0;
    return over ? OptionalDouble.empty() : OptionalDouble.of(current);
  }

  private double choose() {
    if (confirming) {
      return holds;
    }
    if (Double.isInfinite(fails)) {
      double highest = Math.max(holds, undecided);
      return highest == 0 ? start : highest * 2 > HIGHEST ? confirm() : round(highest * 2);
    }
    if (holds == 0) {
      double lower = round(fails / 2);
      return lower <= undecided || lower < LOWEST ? 0 : lower;
    }
    double middle = round(Math.sqrt(holds * fails));
    boolean isClose = fails <= holds * PRECISION || middle <= holds || middle >= fails;
    return isClose ? confirm() : middle;
  }

  private double confirm() {
    confirming = true;
    return holds;
  }

  /** The rate that {@link #next()} gave holds. */
  void holds() {
    holds = current;
    if (confirming && ++confirmed == CONFIRMATIONS) {
      over = true;
    }
  }

  /** It fails. */
  void fails() {
    fails = current;
    if (confirming) {
      confirmed = 0;
      holds = round(current / PRECISION);
      if (++descents > MAX_DESCENTS || holds < LOWEST) {
        holds = 0;
        over = true;
      }
    }
  }

  /** A run at this rate is too small to say. A faster one holds more messages. */
  void undecided() {
    undecided = current;
    if (confirming || !Double.isInfinite(fails)) {
      confirmed = 0;
      over = true;
    }
  }

  /** The highest rate that holds, as far as is known; 0 if none does. */
  double answer() {
    return holds;
  }

  /** Whether the answer was confirmed. */
  boolean isConfirmed() {
    return confirmed == CONFIRMATIONS;
  }

  private static double round(double rate) {
    return new BigDecimal(rate).round(DIGITS).doubleValue();
  }
}
