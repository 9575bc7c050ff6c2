package dev.echo.client.app;

import dev.echo.client.ConnectionLostException;
import dev.echo.client.ReplyListener;
import dev.echo.client.UnreachableException;
import dev.echo.duplex.EndSign;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at one connection. Another one follows as long as nothing has come back over the
 * last, and there is patience. For the worker that was woken, but for {@link #stop()}.
 */
final class Attempts {
  private final int number;
  private final Errand errand;
  private final ReplyListener listener;
  private final Wakeups wakeups;
  private CompletableFuture<Connection> latest = new CompletableFuture<>();
  private volatile boolean proved;
  private volatile boolean stopped;

  Attempts(int number, Errand errand, Replies replies, Wakeups wakeups) {
    this.number = number;
    this.errand = errand;
    this.wakeups = wakeups;
    listener =
        content -> {
          proved = true;
          errand.received().add(content.readableBytes());
          replies.content(content);
        };
  }

  /** Makes the first one. */
  void begin() {
    latest = errand.dialer().dial(listener);
    wakeups.when(latest);
  }

  /** Says whether it is known whether the latest one could be made. */
  boolean isDecided() {
    return latest.isDone();
  }

  /** Why the latest one could not be made, or null if it could, or if that is not known. */
  @Nullable Throwable failure() {
    return latest
        .handle((made, why) -> why instanceof CompletionException ? why.getCause() : why)
        .getNow(null);
  }

  /** The connection that was made. */
  Connection connection() {
    return latest.join();
  }

  /** Closes what is made, also if that is later. */
  void close() {
    latest.thenAccept(made -> made.client().close());
  }

  /** Ends them; what fails by that is this side's doing. */
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Something came back: there will be no other attempt. */
  void prove() {
    proved = true;
  }

  /** Says whether what is sent may have to be sent again. */
  boolean mayRepeat() {
    return !proved && errand.patience().isAny();
  }

  /**
   * Makes another one, if there may be one.
   *
   * @param why the last one failed; null if it just ended
   * @return whether it is being made
   */
  boolean makeAnother(@Nullable Throwable why) {
    if (proved || stopped || !errand.patience().allowsAnother(why)) {
      return false;
    }
    latest = errand.dialer().dialAgain(listener);
    wakeups.when(latest);
    return true;
  }

  /** Says whether a failure only says that this side closed. */
  boolean isOwnDoing(@Nullable Throwable why) {
    return stopped
        && (why == null
            || (why instanceof ConnectionLostException lost
                && lost.end().orElseThrow().how() == EndSign.How.CLOSED_HERE));
  }

  /** Tells why a connection that had been made failed, unless it is this side's doing. */
  void tell(Throwable why) {
    if (isOwnDoing(why)) {
      return;
    }
    if (why instanceof UnreachableException) {
      // A server that judges the client's certificate after the handshake: there was none.
      errand.telling().tally().withdrawn();
      errand.telling().unreachable(why);
    } else {
      errand.telling().failed(number, why);
    }
  }
}
