package dev.echo.client.app;

import dev.echo.ping.PingListener;
import dev.echo.ping.PingResult;

/** Tells what happens while pings go out, and what it came to. For one thread at a time. */
interface PingReport extends PingListener {
  /** All that is to be told has been told. */
  void summary(PingResult result);
}
