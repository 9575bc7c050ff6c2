package dev.echo.server.app;

import dev.echo.text.Sizes;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How many connections this process can serve, and what decides it: descriptors, of which each
 * connection takes one, or direct memory, of which each may take its ceiling.
 *
 * @param connections 1 or more
 * @param reason what decides it, in words
 */
record ConnectionLimit(int connections, String reason) {
  /**
   * Descriptors kept back for what a running process opens now and then: a connection that is
   * accepted to be refused, classes, name lookup, entropy, a dump.
   */
  static final int RESERVE = 32;

  /**
   * What a process has.
   *
   * @param descriptors the most that it may open; {@link Long#MAX_VALUE} for no limit
   * @param inUse how many it has open before it serves
   * @param perConnection how many a connection may take: 2 where the transport gives a closed one's
   *     back only after it was counted out, and the next one was admitted
   * @param directBytes the most direct memory that it may use
   */
  record Resources(long descriptors, long inUse, int perConnection, long directBytes) {
    Resources(long descriptors, long inUse, long directBytes) {
      this(descriptors, inUse, 1, directBytes);
    }
  }

  /**
   * Computes the limit.
   *
   * @param resources what the process has
   * @param ceilingBytes what one connection may take
   * @param wanted what the user asked for; it may be more than memory covers, since few connections
   *     are at their ceiling, but not more than there are descriptors
   * @return the limit
   * @throws UsageException if there are too few descriptors
   */
  static ConnectionLimit of(Resources resources, int ceilingBytes, OptionalInt wanted)
      throws UsageException {
    long taken = resources.inUse() + RESERVE;
    long byDescriptors = (resources.descriptors() - taken) / resources.perConnection();
    long byMemory = Math.max(1, resources.directBytes() / ceilingBytes);
    String free =
        String.format(
            Locale.US,
            resources.perConnection() == 1
                ? "%,d - %,d in use - %d reserved"
                : "(%,d - %,d in use - %d reserved) / 2 per connection",
            resources.descriptors(),
            resources.inUse(),
            RESERVE);
    if (byDescriptors < 1) {
      throw new UsageException(
          String.format(
              Locale.US,
              "too few file descriptors: %s (raise the limit: ulimit -n %d)",
              free,
              taken + 1024));
    }
    if (wanted.isPresent()) {
      return wanted(wanted.getAsInt(), byDescriptors, resources, byMemory);
    }
    if (byDescriptors <= byMemory) {
      return new ConnectionLimit(clamp(byDescriptors), "file descriptors: " + free);
    }
    return new ConnectionLimit(
        clamp(byMemory),
        String.format(
            Locale.US,
            "direct memory: %s, %s each; set by -XX:MaxDirectMemorySize or --max-connections",
            Sizes.formatLimit(resources.directBytes()),
            Sizes.formatLimit(ceilingBytes)));
  }

  private static ConnectionLimit wanted(
      int wanted, long byDescriptors, Resources resources, long byMemory) throws UsageException {
    if (wanted > byDescriptors) {
      throw new UsageException(
          String.format(
              Locale.US,
              "--max-connections: %,d is more than the %,d that file descriptors allow"
                  + " (raise the limit: ulimit -n %d)",
              wanted,
              byDescriptors,
              resources.inUse() + RESERVE + (long) wanted * resources.perConnection()));
    }
    return new ConnectionLimit(
        wanted,
        wanted <= byMemory
            ? "--max-connections"
            : String.format(
                Locale.US,
                "--max-connections; direct memory covers %,d at their ceiling",
                byMemory));
  }

  private static int clamp(long connections) {
    return (int) Math.min(connections, Integer.MAX_VALUE - 1);
  }

  /** One line for a person. */
  @Override
  public String toString() {
    return String.format(
        Locale.US, "up to %,d connection%s (%s)", connections, connections == 1 ? "" : "s", reason);
  }
}
