package dev.echo.pipeline;

import dev.echo.caller.Caller;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.limit.Limits;
import dev.echo.text.AddressText;
import dev.echo.text.BuildInfo;
import dev.echo.text.JsonText;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a server says of a connection when its client asks {@code whoami}; see protocol.md. */
final class WhoamiAnswers {
  private static final BuildInfo BUILD = BuildInfo.library();

  private final Endpoint endpoint;
  private final Limits limits;

  WhoamiAnswers(Endpoint endpoint, Limits limits) {
    this.endpoint = endpoint;
    this.limits = limits;
  }

  /** Says it as one JSON object. On the connection's event loop. */
  String of(Channel connection) {
    SslHandler tls = connection.pipeline().get(SslHandler.class);
    JsonText json = new JsonText();
    json.begin("server").add("version", BUILD.version()).add("commit", BUILD.commit()).end();
    json.add("endpoint", scheme());
    json.add("transport", Transport.of(connection.eventLoop().parent()).toString());
    address(json, "peer", connection.remoteAddress());
    address(json, "proxied", Caller.of(connection).proxied().orElse(null));
    if (tls == null) {
      json.addNull("tls");
    } else {
      tls(json, tls.engine().getSession());
    }
    limits(json);
    return json.finish();
  }

  private String scheme() {
    String uri = endpoint.toString();
    return uri.substring(0, uri.indexOf(':'));
  }

  /** A Unix socket's peer has no address. */
  private static void address(JsonText json, String name, @Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String host = AddressText.host(inet.getAddress());
      json.begin(name).add("address", host).add("port", inet.getPort()).end();
    } else {
      json.addNull(name);
    }
  }

  private static void tls(JsonText json, SSLSession session) {
    json.begin("tls")
        .add("version", session.getProtocol())
        .add("cipher", session.getCipherSuite())
        .add("serverName", serverName(session))
        .add("clientSubject", subject(session))
        .end();
  }

  private static @Nullable String serverName(SSLSession session) {
    try {
      return session instanceof ExtendedSSLSession extended
          ? extended.getRequestedServerNames().stream()
              .map(name -> new String(name.getEncoded(), java.nio.charset.StandardCharsets.UTF_8))
              .findFirst()
              .orElse(null)
          : null;
    } catch (UnsupportedOperationException e) {
      return null;
    }
  }

  private static @Nullable String subject(SSLSession session) {
    try {
      return session.getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  private void limits(JsonText json) {
    json.begin("limits")
        .add("ceilingBytes", limits.ceilingBytes())
        .add("maxFrameBytes", limits.maxFrameBytes());
    count(json, "maxConnections", limits.maxConnections());
    count(json, "maxConnectionsPerSource", limits.maxConnectionsPerSource());
    timeout(json, "idleTimeoutMillis", limits.idleTimeout());
    timeout(json, "stallTimeoutMillis", limits.stallTimeout());
    json.end();
  }

  private static void count(JsonText json, String name, int count) {
    if (count == Limits.UNLIMITED) {
      json.addNull(name);
    } else {
      json.add(name, count);
    }
  }

  private static void timeout(JsonText json, String name, Duration timeout) {
    if (timeout.equals(Limits.NEVER)) {
      json.addNull(name);
    } else {
      json.add(name, timeout.toMillis());
    }
  }
}
