package dev.echo.client.app;

import dev.echo.metrics.Distribution;
import dev.echo.ping.PingConnection;
import dev.echo.ping.PingMiss;
import dev.echo.ping.PingReply;
import dev.echo.ping.PingResult;
import dev.echo.ping.PingTrouble;
import dev.echo.ping.PingWrong;

/** Two reports as one. */
record PingReports(PingReport first, PingReport second) implements PingReport {
  @Override
  public void warm(Distribution floor) {
    first.warm(floor);
    second.warm(floor);
  }

  @Override
  public void connected(PingConnection connection) {
    first.connected(connection);
    second.connected(connection);
  }

  @Override
  public void replied(PingReply reply) {
    first.replied(reply);
    second.replied(reply);
  }

  @Override
  public void missed(PingMiss miss) {
    first.missed(miss);
    second.missed(miss);
  }

  @Override
  public void late(PingReply reply) {
    first.late(reply);
    second.late(reply);
  }

  @Override
  public void wrong(PingWrong wrong) {
    first.wrong(wrong);
    second.wrong(wrong);
  }

  @Override
  public void trouble(PingTrouble trouble) {
    first.trouble(trouble);
    second.trouble(trouble);
  }

  @Override
  public void summary(PingResult result) {
    first.summary(result);
    second.summary(result);
  }
}
