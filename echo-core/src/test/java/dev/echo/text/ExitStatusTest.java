package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitStatusTest {
  @Test
  void theFirstInTheDocumentedOrderWins() {
    int[] order = {2, 3, 1, 143, 130, 4, 6, 5, 0};

    assertThat(Arrays.stream(ExitStatus.values()).mapToInt(ExitStatus::code).toArray())
        .containsExactly(order);
    assertThat(ExitStatus.WRONG.and(ExitStatus.INCOMPLETE)).isEqualTo(ExitStatus.WRONG);
    assertThat(ExitStatus.OK.and(ExitStatus.UNMET)).isEqualTo(ExitStatus.UNMET);
    assertThat(ExitStatus.INTERRUPTED.and(ExitStatus.WRONG)).isEqualTo(ExitStatus.WRONG);
    assertThat(ExitStatus.WRONG.and(ExitStatus.UNREACHABLE)).isEqualTo(ExitStatus.UNREACHABLE);
  }
}
