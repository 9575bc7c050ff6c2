package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.server.app.ConnectionLimit.Resources;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
  private static final int CEILING = 256 << 10;
  private static final long GIB = 1L << 30;

  @Test
  void takesDescriptorsLessThoseInUseAndReserve() throws Exception {
    ConnectionLimit limit =
        ConnectionLimit.of(new Resources(256, 19, 4 * GIB), CEILING, OptionalInt.empty());

    assertThat(limit.connections()).isEqualTo(256 - 19 - ConnectionLimit.RESERVE);
    assertThat(limit)
        .hasToString("up to 205 connections (file descriptors: 256 - 19 in use - 32 reserved)");
  }

  @Test
  void countsTwoDescriptorsWhereOneComesBackLate() throws Exception {
    ConnectionLimit limit =
        ConnectionLimit.of(new Resources(256, 19, 2, 4 * GIB), CEILING, OptionalInt.empty());

    assertThat(limit)
        .hasToString(
            "up to 102 connections (file descriptors: (256 - 19 in use - 32 reserved) / 2 per"
                + " connection)");
  }

  @Test
  void takesDirectMemoryOverCeilingWhereThatIsLess() throws Exception {
    ConnectionLimit limit =
        ConnectionLimit.of(new Resources(1_000_000, 20, 4 * GIB), CEILING, OptionalInt.empty());

    assertThat(limit.connections()).isEqualTo(16_384);
    assertThat(limit.toString())
        .startsWith("up to 16,384 connections (direct memory: 4 GiB, 256 KiB each;");
  }

  @Test
  void takesWhatTheUserAsksFor() throws Exception {
    Resources resources = new Resources(20_000, 20, GIB);

    assertThat(ConnectionLimit.of(resources, CEILING, OptionalInt.of(1)))
        .hasToString("up to 1 connection (--max-connections)");
    assertThat(ConnectionLimit.of(resources, CEILING, OptionalInt.of(10_000)))
        .hasToString(
            "up to 10,000 connections"
                + " (--max-connections; direct memory covers 4,096 at their ceiling)");
  }

  @Test
  void refusesMoreThanDescriptorsAllow() {
    Resources resources = new Resources(1024, 20, GIB);

    assertThatThrownBy(() -> ConnectionLimit.of(resources, CEILING, OptionalInt.of(973)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--max-connections: 973 is more than the 972 that file descriptors allow"
                + " (raise the limit: ulimit -n 1025)");
  }

  @Test
  void refusesTooFewDescriptors() {
    Resources resources = new Resources(51, 19, GIB);

    assertThatThrownBy(() -> ConnectionLimit.of(resources, CEILING, OptionalInt.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "too few file descriptors: 51 - 19 in use - 32 reserved"
                + " (raise the limit: ulimit -n 1075)");
  }

  @Test
  void standsSystemsWithoutLimit() throws Exception {
    Resources endless = new Resources(Long.MAX_VALUE, 0, Long.MAX_VALUE);

    assertThat(ConnectionLimit.of(endless, CEILING, OptionalInt.empty()).connections())
        .isPositive()
        .isLessThan(Integer.MAX_VALUE);
  }

  @Test
  void leavesOneConnectionWhereMemoryIsScarce() throws Exception {
    Resources scarce = new Resources(1024, 20, 1);

    assertThat(ConnectionLimit.of(scarce, CEILING, OptionalInt.empty()).connections()).isEqualTo(1);
  }
}
