package dev.echo.client.app;

import dev.echo.ping.PingMiss;
import dev.echo.ping.PingReply;
import dev.echo.ping.PingResult;
import dev.echo.ping.PingWrong;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of pings, for somebody who asks before the end. For any thread. */
final class PingProgress implements PingReport {
  private final Screen screen;
  private final LongAdder replies = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder wrongs = new LongAdder();

  PingProgress(Screen screen) {
    this.screen = screen;
  }

  /** Says how far it is. */
  void tell() {
    screen.line(
        String.format(
            Locale.ROOT,
            "so far: %,d echoed, %,d missing, %,d wrong",
            replies.sum(),
            misses.sum(),
            wrongs.sum()));
  }

  @Override
  public void replied(PingReply reply) {
    replies.increment();
  }

  @Override
  public void missed(PingMiss miss) {
    misses.increment();
  }

  @Override
  public void wrong(PingWrong wrong) {
    wrongs.increment();
  }

  @Override
  public void summary(PingResult result) {}
}
