package dev.echo.pipeline;

import dev.echo.caller.Caller;
import dev.echo.metrics.OncePerSecond;
import io.netty.channel.Channel;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log why pages cannot connect: browsers do not say it. The first refusal is told at
 * once, of those within a second after it the last one, and how many there were. Thread-safe.
 */
final class HandshakeWarnings {
  private static final Logger logger = LoggerFactory.getLogger(HandshakeWarnings.class);

  /** Those of this process. */
  static final HandshakeWarnings ALL =
      new HandshakeWarnings(new OncePerSecond()::pass, line -> logger.warn("{}", line));

  private final BooleanSupplier pace;
  private final Consumer<String> log;
  private String last = "";
  private int held;

  HandshakeWarnings(BooleanSupplier pace, Consumer<String> log) {
    this.pace = pace;
    this.log = log;
  }

  /** Tells of one, on the event loop of its connection. */
  void tell(Channel channel, String why) {
    String line = Caller.of(channel) + ": refused a WebSocket: " + why;
    if (pace.getAsBoolean()) {
      log.accept(line);
    } else if (hold(line)) {
      channel.eventLoop().schedule(() -> log.accept(take()), 1, TimeUnit.SECONDS);
    }
  }

  /** Whether it is the first that is held. */
  private synchronized boolean hold(String line) {
    last = line;
    return held++ == 0;
  }

  private synchronized String take() {
    String others =
        held == 1 ? "" : String.format(Locale.ROOT, " (and %,d more in that second)", held - 1);
    held = 0;
    return last + others;
  }
}
