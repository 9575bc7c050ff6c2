package dev.echo.metrics;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How a number of times are distributed, in nanoseconds, three digits exact (HdrHistogram). It is
 * kept compressed, so thousands of them cost little; take {@link #histogram()} once to ask for many
 * percentiles. Immutable.
 */
public final class Distribution {
  /** The longest time that is told apart from longer ones, one hour in nanoseconds. */
  public static final long MAX_NANOS = 3_600_000_000_000L;

  /** Decimal digits that are kept of each time. */
  public static final int DIGITS = 3;

  /** Values at or beyond a percentile, below which it is an accident of a few messages. */
  private static final double CARRYING = 10;

  /** Of nothing. */
  public static final Distribution EMPTY = of(empty());

  private final byte[] compressed;
  private final long count;
  private final long minNanos;
  private final long maxNanos;
  private final double meanNanos;

  private Distribution(byte[] compressed, Histogram histogram) {
    this.compressed = compressed;
    count = histogram.getTotalCount();
    minNanos = count == 0 ? 0 : histogram.getMinValue();
    maxNanos = histogram.getMaxValue();
    meanNanos = histogram.getMean();
  }

  /**
   * Copies what a histogram holds.
   *
   * @param histogram of nanoseconds; not kept
   * @return its distribution
   */
  public static Distribution of(Histogram histogram) {
    ByteBuffer out = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(out, Deflater.BEST_SPEED);
    byte[] compressed = new byte[length];
    out.flip().get(compressed);
    return new Distribution(compressed, histogram);
  }

  /**
   * Reads what {@link #encoded()} wrote.
   *
   * @param base64 a histogram in HdrHistogram's compressed V2 encoding, in Base64
   * @return the same distribution
   * @throws IllegalArgumentException if it is none
   */
  public static Distribution decode(String base64) {
    byte[] compressed = Base64.getDecoder().decode(base64);
    return new Distribution(compressed, decompress(compressed));
  }

  /**
   * An empty histogram with the digits of all distributions. It is as large as its longest time
   * makes it.
   *
   * @return for the caller to fill
   */
  public static Histogram empty() {
    return new Histogram(DIGITS);
  }

  /**
   * The whole of it as text, in the encoding that every HdrHistogram library reads.
   *
   * @return Base64
   */
  public String encoded() {
    return Base64.getEncoder().encodeToString(compressed);
  }

  /**
   * The whole of it, to ask for many percentiles.
   *
   * @return a copy that belongs to the caller
   */
  public Histogram histogram() {
    return decompress(compressed);
  }

  /**
   * Adds two distributions.
   *
   * @param other is added
   * @return as if all times had been recorded in one
   */
  public Distribution plus(Distribution other) {
    if (other.count == 0) {
      return this;
    }
    if (count == 0) {
      return other;
    }
    Histogram sum = histogram();
    sum.add(other.histogram());
    return of(sum);
  }

  /**
   * The number of times.
   *
   * @return 0 or more
   */
  public long count() {
    return count;
  }

  /**
   * Says whether there are none.
   *
   * @return true without any time
   */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * The shortest time.
   *
   * @return nanoseconds; 0 if there are none
   */
  public long minNanos() {
    return minNanos;
  }

  /**
   * The longest time.
   *
   * @return nanoseconds; 0 if there are none
   */
  public long maxNanos() {
    return maxNanos;
  }

  /**
   * The mean.
   *
   * @return nanoseconds; 0 if there are none
   */
  public double meanNanos() {
    return meanNanos;
  }

  /**
   * The time that so many percent of all do not exceed.
   *
   * @param percent 0 to 100
   * @return nanoseconds; 0 if there are none
   */
  public long percentileNanos(double percent) {
    return count == 0 ? 0 : histogram().getValueAtPercentile(percent);
  }

  /**
   * Says whether there are enough times for a percentile to mean anything: at least ten at or
   * beyond it, which below the median is the side of the short times.
   *
   * @param percent 0 to 100
   * @return false where a report should show that the sample is too small
   */
  public boolean carries(double percent) {
    return count * Math.min(percent, 100 - percent) / 100 >= CARRYING - 1e-6;
  }

  /**
   * The fewest times that carry a percentile.
   *
   * @param percent 0 to 100
   * @return 1 for the minimum and the maximum, 20 for the median, 1,000 for 99
   */
  public static long fewest(double percent) {
    double beyond = Math.min(percent, 100 - percent) / 100;
    return beyond <= 0 ? 1 : (long) Math.ceil(CARRYING / beyond - 1e-6);
  }

  /** Says whether the same times were recorded, in the digits that are kept. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Distribution distribution
        && Arrays.equals(compressed, distribution.compressed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(compressed);
  }

  /** A few words for a failing test. */
  @Override
  public String toString() {
    return count + " times of " + minNanos + ".." + maxNanos + " ns";
  }

  private static Histogram decompress(byte[] compressed) {
    try {
      Histogram histogram =
          Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(compressed), 0);
      histogram.setAutoResize(true);
      return histogram;
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("not an encoded histogram: " + e.getMessage(), e);
    }
  }
}
