package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.client.LossDirections;
import java.util.Arrays;
import java.util.Optional;

/** A number for each {@link Count}, while it grows. For one thread. */
@SuppressWarnings("EnumOrdinal") // An index for the hot path, seen by nobody else.
final class Counters {
  private final long[] values = new long[Count.values().length];

  void add(Count count, long number) {
    values[count.ordinal()] += number;
  }

  void addAll(Counters other) {
    for (int i = 0; i < values.length; i++) {
      values[i] += other.values[i];
    }
  }

  void clear() {
    Arrays.fill(values, 0);
  }

  long of(Count count) {
    return values[count.ordinal()];
  }

  boolean isClear() {
    return Arrays.stream(values).allMatch(value -> value == 0);
  }

  DatagramEvents events() {
    return new DatagramEvents(
        of(Count.LOST), of(Count.LATE), of(Count.DUPLICATED), of(Count.REORDERED));
  }

  /** What became of all datagrams; those that came late had been given up. */
  DatagramCounts datagrams(Optional<LossDirections> directions) {
    return new DatagramCounts(
        of(Count.SENT),
        of(Count.ECHOED),
        of(Count.LATE),
        of(Count.LOST) - of(Count.LATE),
        of(Count.DUPLICATED),
        of(Count.REORDERED),
        of(Count.WRONG),
        of(Count.SURPLUS),
        directions);
  }

  /** What became of all messages; once none is under way. */
  LoadCounts counts() {
    return new LoadCounts(
        of(Count.DUE),
        of(Count.SENT),
        of(Count.ECHOED),
        of(Count.MISSING),
        of(Count.WRONG),
        of(Count.SURPLUS),
        of(Count.UNSENT),
        of(Count.HELD_BY_CAP),
        of(Count.HELD_BY_SOCKET),
        of(Count.HELD_BY_CONNECTION),
        of(Count.PAYLOAD_BYTES),
        of(Count.WIRE_BYTES),
        of(Count.UNUSABLE_STAMPS),
        new Throughput(
            of(Count.SENT_IN_TIME),
            of(Count.ECHOED_IN_TIME),
            of(Count.PAYLOAD_BYTES_IN_TIME),
            of(Count.WIRE_BYTES_IN_TIME)));
  }
}
