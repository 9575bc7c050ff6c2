package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.text.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final List<String> seen = new ArrayList<>();
  private final Interruption interruption = new Interruption(status -> seen.add("end " + status));

  @Test
  void endsTheProcessWhileThereIsNoRun() {
    interruption.beforeHalt(() -> seen.add("last act"));

    interruption.signalled(ExitStatus.TERMINATED);

    assertThat(seen).containsExactly("last act", "end 143");
  }

  @Test
  void asksARunToEnd() {
    var requested = interruption.requested();

    interruption.signalled(ExitStatus.INTERRUPTED);

    assertThat(seen).isEmpty();
    assertThat(requested).isCompletedWithValue(ExitStatus.INTERRUPTED);
  }
}
