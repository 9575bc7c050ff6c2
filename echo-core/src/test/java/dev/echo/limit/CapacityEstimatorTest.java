package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class CapacityEstimatorTest {
  @Test
  void countsWhatABufferHoldsNotWhatIsReadable() {
    ByteBuf oneByte = Unpooled.buffer(65536).writeByte(1);

    assertThat(CapacityEstimator.INSTANCE.newHandle().size(oneByte)).isGreaterThanOrEqualTo(65536);
    oneByte.release();
  }
}
