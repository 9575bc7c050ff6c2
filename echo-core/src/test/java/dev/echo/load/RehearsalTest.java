package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.LoopbackEcho;
import dev.echo.endpoint.TcpEndpoint;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RehearsalTest {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

  static Stream<Pace> paces() {
    return Stream.of(Pace.perSecond(10), Pace.MAX);
  }

  @ParameterizedTest
  @MethodSource("paces")
  void getsBackWhatItSends(Pace pace) throws InterruptedException {
    LoadPlan plan = LoadPlan.builder(TcpEndpoint.of("127.0.0.1", 1)).pace(pace).build();
    LoopbackEcho echo = LoopbackEcho.start(plan.transport()).join();

    LoadResult result = Rehearsal.play(plan, echo);

    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.counts().echoed()).isGreaterThan(1000);
    assertThat(result.counts().wrong()).isZero();
    assertThat(echo.stop()).succeedsWithin(LONG_ENOUGH);
  }
}
