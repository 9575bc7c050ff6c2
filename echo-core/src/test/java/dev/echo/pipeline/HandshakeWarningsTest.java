package dev.echo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandshakeWarningsTest {
  private final List<String> lines = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private boolean passes = true;
  private final HandshakeWarnings warnings = new HandshakeWarnings(() -> passes, lines::add);

  @Test
  void tellsTheFirstAtOnceAndTheLastWithTheNumberOfTheOthers() {
    channel.freezeTime();

    warnings.tell(channel, "Origin a");
    passes = false;
    warnings.tell(channel, "Origin b");
    warnings.tell(channel, "Origin c");

    assertThat(lines).singleElement().asString().endsWith("refused a WebSocket: Origin a");
    channel.advanceTimeBy(1, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).endsWith("refused a WebSocket: Origin c (and 1 more in that second)");
    assertThat(channel.finish()).isFalse();
  }
}
