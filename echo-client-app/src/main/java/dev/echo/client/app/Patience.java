package dev.echo.client.app;

import dev.echo.client.ConnectionLostException;
import dev.echo.client.DatagramException;
import dev.echo.client.NoProgressException;
import dev.echo.client.RefusedException;
import dev.echo.client.UnreachableException;
import dev.echo.duplex.EndSign;
import dev.echo.frame.ErrorCode;
import dev.echo.text.Durations;
import dev.echo.tls.TlsException;
import dev.echo.tls.TlsProblem;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How long a server may take until it is there. It is there with the first byte that comes back: a
 * proxy accepts connections for a server that has not started yet, and ends them.
 */
final class Patience {
  /** How long to wait before the next attempt. */
  static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** What time does not mend. */
  private static final Set<TlsProblem> LASTING =
      EnumSet.of(
          TlsProblem.NAME,
          TlsProblem.ISSUER,
          TlsProblem.EXPIRED,
          TlsProblem.PIN,
          TlsProblem.CLIENT_CERTIFICATE,
          TlsProblem.REFUSED_CERTIFICATE,
          TlsProblem.NOTHING_IN_COMMON);

  private final SendConfig config;
  private final Report report;
  private final long deadlineNanos;
  private final AtomicBoolean told = new AtomicBoolean();

  Patience(SendConfig config, Report report) {
    this.config = config;
    this.report = report;
    deadlineNanos = System.nanoTime() + config.waitTime().toNanos();
  }

  /**
   * Says whether there is any: then what is sent is kept until the server has proved to be there.
   */
  boolean isAny() {
    return !config.waitTime().isZero();
  }

  /**
   * Says whether to try once more, and tells the first time that this is so.
   *
   * @param cause why a connection failed before a byte came back; null if it just ended
   */
  boolean allowsAnother(@Nullable Throwable cause) {
    return (cause == null || mayMend(cause)) && allowsAnother(reason(cause));
  }

  /** The same, if nothing at all has happened. */
  boolean allowsAnotherAfterSilence() {
    return allowsAnother("no answer");
  }

  private boolean allowsAnother(String reason) {
    boolean allowed = isAny() && System.nanoTime() + PAUSE_NANOS - deadlineNanos < 0;
    if (allowed && told.compareAndSet(false, true)) {
      report.note(
          "waiting up to "
              + Durations.format(config.waitTime())
              + " for "
              + config.endpoint()
              + " ("
              + reason
              + ")");
    }
    return allowed;
  }

  private static boolean mayMend(Throwable cause) {
    if (cause instanceof UnreachableException unreachable) {
      boolean lasts =
          cause.getCause() instanceof TlsException tls && LASTING.contains(tls.problem());
      return !lasts && unreachable.mayMend();
    }
    if (cause instanceof RefusedException refused) {
      int code = refused.error().code();
      return code == ErrorCode.DRAINING.code() || code == ErrorCode.LIMIT_REACHED.code();
    }
    return (cause instanceof ConnectionLostException lost
            && lost.end().orElseThrow().how() != EndSign.How.CLOSED_HERE)
        || cause instanceof NoProgressException
        || (cause instanceof DatagramException datagram
            && datagram.kind() != DatagramException.Kind.WRONG);
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause instanceof UnreachableException unreachable) {
      return unreachable.reason().toString();
    }
    return cause instanceof NoProgressException || cause instanceof DatagramException
        ? "no answer"
        : cause instanceof RefusedException ? "refused by the server" : "ended without a byte";
  }
}
