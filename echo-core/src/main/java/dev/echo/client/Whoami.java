package dev.echo.client;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.LoopStage;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ClientPipeline;
import io.netty.bootstrap.Bootstrap;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a server sees of a client that connects to it: the answer to a {@code WHOAMI} frame.
 *
 * @param peer who answered; a plain echo returns the question and cannot tell
 * @param json what an aware server says, one JSON object (docs/protocol.md); empty from a plain
 *     echo. As it came: escape it before printing
 * @param connectTime how long the connect took
 * @param handshakeTime how long it took after that until the connection could be used
 */
public record Whoami(Peer peer, String json, Duration connectTime, Duration handshakeTime) {

  /**
   * Connects, asks, and closes.
   *
   * @param bootstrap has a group and a channel class, and no handler; it is cloned
   * @param endpoint where to; all addresses that its name resolves to are tried in order
   * @param front what is needed besides
   * @param connectTimeout of each address
   * @param timeout for the answer
   * @return the answer; fails with an {@link EchoException}
   */
  public static CompletionStage<Whoami> ask(
      Bootstrap bootstrap,
      Endpoint endpoint,
      ClientFront front,
      Duration connectTimeout,
      Duration timeout) {
    LoopStage<WhoamiHandler> asking =
        Connector.connect(
            bootstrap,
            endpoint,
            connectTimeout,
            () -> attempt(endpoint, front, timeout),
            WhoamiHandler::close);
    CompletableFuture<Whoami> answered = asking.newIncompleteFuture();
    asking.whenComplete(
        (handler, unreachable) -> {
          if (handler == null) {
            answered.completeExceptionally(unreachable);
          } else {
            answered.whenComplete((answer, failure) -> handler.close());
            handler
                .answer()
                .whenComplete(
                    (answer, failure) -> {
                      if (answer == null) {
                        answered.completeExceptionally(failure);
                      } else {
                        answered.complete(answer);
                      }
                    });
          }
        });
    answered.whenComplete((answer, givenUp) -> asking.cancel(false));
    return answered;
  }

  private static Trial.Attempt<WhoamiHandler> attempt(
      Endpoint endpoint, ClientFront front, Duration timeout) {
    WhoamiHandler handler = new WhoamiHandler(endpoint, timeout);
    return new Trial.Attempt<>(
        ClientPipeline.frames(endpoint, front, handler), handler.connected());
  }
}
