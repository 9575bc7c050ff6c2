package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.TcpEndpoint;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void getsBackWhatItSends() {
    LoadPlanBuilder plan = LoadPlan.builder(TcpEndpoint.of("127.0.0.1", 1));

    assertThat(Rehearsal.play(plan.build(), UnpooledByteBufAllocator.DEFAULT)).isPositive();
    assertThat(Rehearsal.play(plan.pace(Pace.MAX).build(), UnpooledByteBufAllocator.DEFAULT))
        .isPositive();
  }
}
