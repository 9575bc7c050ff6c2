package dev.echo.client.app;

import dev.echo.text.ExitStatus;

/** A subcommand whose options have been read. */
interface Command {
  /**
   * Does what the options say.
   *
   * @throws IllegalArgumentException if they cannot be used; nothing was sent then
   */
  ExitStatus run(Environment environment) throws InterruptedException;
}
