package dev.echo.client.app;

import dev.echo.client.ClientConfig;
import dev.echo.client.ReplyListener;
import dev.echo.client.app.message.MessagePlan;
import dev.echo.endpoint.Endpoint;
import java.time.Duration;

/**
 * What {@code send} was asked for.
 *
 * @param target where to
 * @param connections how many, at least 1
 * @param plan what each connection sends
 * @param client how a connection behaves; its listener is replaced
 * @param waitTime how long to go on trying to connect
 * @param print what becomes of the replies
 * @param verbosity how much is told besides
 */
record SendConfig(
    Target target,
    int connections,
    MessagePlan plan,
    ClientConfig client,
    Duration waitTime,
    Print print,
    Verbosity verbosity) {

  SendConfig {
    if (connections < 1) {
      throw new IllegalArgumentException("connections: " + connections + " (expected: > 0)");
    }
  }

  /** Where to. */
  Endpoint endpoint() {
    return target.endpoint();
  }

  /** The configuration of a connection with a listener of its own. */
  ClientConfig client(ReplyListener replies) {
    return new ClientConfig(
        client.mode(),
        client.timeout(),
        client.connectTimeout(),
        client.stamps(),
        client.windowBytes(),
        client.grace(),
        replies,
        client.prefaceData(),
        client.front());
  }
}
