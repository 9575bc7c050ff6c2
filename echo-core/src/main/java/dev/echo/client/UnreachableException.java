package dev.echo.client;

import dev.echo.duplex.SystemFailure;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.pipeline.HandshakeTimeoutException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No address of the endpoint could be connected to. */
@SuppressWarnings("serial") // not meant to leave the process
public final class UnreachableException extends EchoException {
  /** Why, as far as the system says. */
  public enum Reason {
    /** Nobody listens there. */
    REFUSED("refused"),
    /** No answer in time. */
    TIMEOUT("timeout"),
    /** No route, or another failure of this system; the cause says more. */
    UNREACHABLE("unreachable"),
    /** The name resolves to no address. */
    DNS("dns"),
    /** No TLS, or not with this peer, the cause says more. */
    TLS("tls"),
    /** Who answered opened no WebSocket; the cause names the answer. */
    NO_WEBSOCKET("no WebSocket");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** What it is called in a sentence. */
    @Override
    public String toString() {
      return text;
    }
  }

  private final Endpoint endpoint;
  private final Reason reason;

  UnreachableException(Endpoint endpoint, Reason reason, @Nullable Throwable cause) {
    super("cannot connect to " + endpoint + ": " + words(reason, cause), Counts.NONE, cause);
    this.endpoint = endpoint;
    this.reason = reason;
  }

  /** Where the cause says more than the reason, it is told. */
  private static String words(Reason reason, @Nullable Throwable cause) {
    if (reason == Reason.UNREACHABLE) {
      return reason + ": " + SystemFailure.words(cause);
    }
    boolean isInCause =
        reason == Reason.TLS
            || reason == Reason.NO_WEBSOCKET
            || cause instanceof HandshakeTimeoutException;
    return isInCause && cause != null ? reason + ": " + cause.getMessage() : reason.text;
  }

  /**
   * What was to be connected to.
   *
   * @return as it was given
   */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Why the last address that was tried failed; the cause has the others as suppressed exceptions.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Says whether a server that is started may mend it.
   *
   * @return false if what is there is no socket
   */
  public boolean mayMend() {
    return !(endpoint instanceof UnixEndpoint unix && Advice.isNoSocket(unix.path()));
  }

  /**
   * Why, with what is known of it.
   *
   * @return such as {@code refused}, or {@code tls: the certificate has expired}; safe to print
   */
  public String why() {
    return words(reason, getCause());
  }

  /**
   * What to do about it. A command in it starts a server where this endpoint is, and is only there
   * if that is on this host. May look up the endpoint's name.
   *
   * @return lines that are safe to print; none if nobody knows
   */
  public List<String> advice() {
    return Advice.of(this);
  }
}
