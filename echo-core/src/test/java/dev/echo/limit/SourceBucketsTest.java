package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SourceBucketsTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final SourceBuckets buckets = new SourceBuckets(1000, 3, 0);

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(number).array());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private int taken(InetAddress source, long nowNanos) {
    int taken = 0;
    while (buckets.take(source, nowNanos)) {
      taken++;
    }
    return taken;
  }

  @Test
  void givesASourceItsBurstAndThenItsRate() {
    assertThat(taken(address(1), 0)).isEqualTo(3);
    assertThat(taken(address(1), MILLI)).isEqualTo(1);
    assertThat(taken(address(1), 3 * MILLI)).isEqualTo(2);
    assertThat(taken(address(1), 100 * MILLI)).isEqualTo(3);
  }

  @Test
  void takesNothingFromAnotherSource() {
    taken(address(1), 0);

    assertThat(taken(address(2), 0)).isEqualTo(3);
  }

  @Test
  void countsANetworkOfIpv6AsOneSource() throws Exception {
    taken(InetAddress.getByName("2001:db8::1"), 0);

    assertThat(taken(InetAddress.getByName("2001:db8::ffff:2"), 0)).isZero();
    assertThat(taken(InetAddress.getByName("2001:db8:0:1::1"), 0)).isEqualTo(3);
  }

  @Test
  void isNeitherBlownUpNorEmptiedByInventedSources() {
    taken(address(-1), 0);
    for (int i = 0; i < 3 * SourceBuckets.MAX_SOURCES; i++) {
      buckets.take(address(i), 0);
    }

    assertThat(buckets.size()).isEqualTo(SourceBuckets.MAX_SOURCES);
    assertThat(taken(address(-1), 0)).isZero();
  }

  @Test
  void forgetsSourcesOnceTheirBucketsAreFullAgain() {
    for (int i = 0; i < SourceBuckets.MAX_SOURCES; i++) {
      taken(address(i), 0);
    }

    assertThat(taken(address(-1), 2 * MILLI)).isEqualTo(3);
    assertThat(taken(address(-2), 3 * MILLI)).isEqualTo(3);
    assertThat(buckets.size()).isEqualTo(SourceBuckets.MAX_SOURCES);
  }
}
