package dev.echo.client.app.message;

import java.io.IOException;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * All that every connection sends: a list of sources, some number of times.
 *
 * @param sources in the order in which they are sent
 * @param rounds how often the whole list is sent, at least once
 */
public record MessagePlan(List<MessageSource> sources, long rounds) {
  public MessagePlan {
    if (rounds < 1) {
      throw new IllegalArgumentException("-n: " + rounds + " (expected: > 0)");
    }
    sources = List.copyOf(sources);
  }

  /**
   * Checks, before anything is sent, that all can be read as often as it is asked for.
   *
   * @throws IOException if not; the message names what cannot be read, and why
   */
  public void check() throws IOException {
    for (MessageSource source : sources) {
      source.check();
    }
    boolean once = sources.stream().anyMatch(source -> !source.isRepeatable());
    if (once && rounds > 1) {
      throw new IOException(
          "-n " + rounds + ": standard input, pipes and devices can be read only once");
    }
  }

  /**
   * How many files each connection has open at once.
   *
   * @return 0 or 1, since it reads one source after the other
   */
  public int files() {
    return sources.stream().mapToInt(MessageSource::files).max().orElse(0);
  }

  /**
   * How many messages this is.
   *
   * @return the number, or {@link MessageSource#UNKNOWN}
   */
  public long count() {
    return total(MessageSource::count);
  }

  /**
   * How many bytes this is, as far as one can tell beforehand.
   *
   * @return the number, or {@link MessageSource#UNKNOWN}
   */
  public long bytes() {
    return total(MessageSource::bytes);
  }

  private long total(ToLongFunction<MessageSource> part) {
    long total = 0;
    for (MessageSource source : sources) {
      long value = part.applyAsLong(source);
      if (value == MessageSource.UNKNOWN) {
        return MessageSource.UNKNOWN;
      }
      total += value;
    }
    return total == 0 || rounds <= Long.MAX_VALUE / total ? total * rounds : Long.MAX_VALUE;
  }
}
