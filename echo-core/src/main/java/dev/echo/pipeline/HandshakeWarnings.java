package dev.echo.pipeline;

import dev.echo.caller.Caller;
import dev.echo.metrics.OncePerSecond;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log why pages cannot connect, at most once a second: browsers do not say it. */
final class HandshakeWarnings {
  private static final Logger logger = LoggerFactory.getLogger(HandshakeWarnings.class);
  private static final OncePerSecond warnings = new OncePerSecond();

  private HandshakeWarnings() {}

  static void tell(Channel channel, String why) {
    if (warnings.pass()) {
      logger.warn("{}: refused a WebSocket: {}", Caller.of(channel), why);
    }
  }
}
