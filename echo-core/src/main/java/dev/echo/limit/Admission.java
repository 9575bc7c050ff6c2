package dev.echo.limit;

import dev.echo.caller.Caller;
import dev.echo.caller.ProxyPolicy;
import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.Refusal;
import dev.echo.metrics.Refusals;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Decides which connections are served, by access list and limits, and tells of those that are not.
 * Who is proxied is asked about twice: when the connection is accepted, and when it is known for
 * whom the proxy speaks. Thread-safe.
 */
public final class Admission {
  private final Connections connections;
  private final AccessList access;
  private final Refusals refusals;

  /**
   * Decides for one server.
   *
   * @param connections counts them
   * @param access says who may
   * @param observer is told who may not
   */
  public Admission(Connections connections, AccessList access, EchoObserver observer) {
    this.connections = connections;
    this.access = access;
    refusals = new Refusals(EchoObserver.guarded(observer));
  }

  /** Decides on a connection whose caller is the address it comes from. Not yet registered. */
  boolean admits(Channel accepted) {
    Caller caller = Caller.of(accepted);
    return passes(
        accepted, access.allows(caller.ip()) ? connections.admit(accepted) : Refusal.NOT_ALLOWED);
  }

  /**
   * Decides on a connection whose caller a proxy has still to name. Not yet registered. For a peer
   * that is not trusted nobody can be named: on it is decided now, so that it takes no place by
   * saying nothing.
   */
  boolean admitsProxy(Channel accepted, ProxyPolicy policy) {
    if (!policy.allows(accepted)) {
      return passes(accepted, Refusal.UNTRUSTED_PROXY);
    }
    return policy.trusts(accepted)
        ? passes(accepted, connections.admitUnnamed(accepted))
        : admits(accepted);
  }

  /** Decides on the caller of such a connection, once it is named. On its event loop. */
  boolean admitsCaller(Channel connection) {
    Caller caller = Caller.of(connection);
    return passes(
        connection,
        access.allows(caller.ip()) ? connections.admitNamed(connection) : Refusal.NOT_ALLOWED);
  }

  private boolean passes(Channel connection, @Nullable Refusal refusal) {
    if (refusal != null) {
      Caller caller = Caller.of(connection);
      refusals.tell(caller.address(), caller, refusal, connections.count() + " open");
    }
    return refusal == null;
  }
}
