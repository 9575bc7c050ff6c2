package dev.echo.limit;

/**
 * What a datagram listener allows its peers. Whatever it says, a listener never answers ports of
 * services or of its own, answers of other servers, or what is not from one address to one address.
 * Immutable; checks itself when made.
 *
 * @param ratePerSource datagrams a second of one source address (IPv6: of one network of 64 bits)
 *     that are echoed in the long run: more than 0, {@link #UNLIMITED}; 1,000 by default
 * @param burstPerSource datagrams of one source that are echoed at once: 1 or more; 1,000 by
 *     default
 * @param totalRate datagrams a second of all sources of one listener together: more than 0, {@link
 *     #UNLIMITED}; 100,000 by default. As many may come at once as in a tenth of a second
 * @param sources which sources are served
 */
public record DatagramLimits(
    double ratePerSource, int burstPerSource, double totalRate, Sources sources) {
  /** A rate that is never reached. */
  public static final double UNLIMITED = Double.POSITIVE_INFINITY;

  /** The defaults named at the components. */
  public static final DatagramLimits DEFAULT =
      new DatagramLimits(1_000, 1_000, 100_000, Sources.ALL);

  /** Which sources are served. */
  public enum Sources {
    /** All. */
    ALL,
    /** Those that returned a cookie, and so receive what is sent to them. */
    CHALLENGED
  }

  /** Checks the ranges. */
  public DatagramLimits {
    check(ratePerSource > 0, "ratePerSource", ratePerSource, "> 0");
    check(burstPerSource > 0, "burstPerSource", burstPerSource, "> 0");
    check(totalRate > 0, "totalRate", totalRate, "> 0");
  }

  private static void check(boolean holds, String name, Number value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
