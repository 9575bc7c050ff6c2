package dev.echo.client.app;

import dev.echo.pipeline.ClientFront;

/** The options that say what an endpoint needs besides its address, the same in every command. */
final class FrontOptions {
  ClientFront front() {
    return ClientFront.NONE;
  }
}
