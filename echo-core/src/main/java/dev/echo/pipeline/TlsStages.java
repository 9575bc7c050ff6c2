package dev.echo.pipeline;

import dev.echo.caller.Caller;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.OncePerSecond;
import dev.echo.tls.ClientTls;
import dev.echo.tls.FirstByteHandler;
import dev.echo.tls.ServerTls;
import dev.echo.tls.TlsEndHandler;
import dev.echo.tls.TlsException;
import dev.echo.tls.TlsHandshakeHandler;
import dev.echo.tls.TlsProblem;
import dev.echo.tls.TlsSide;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages of TLS, in both pipelines: tls, tls-handshake, tls-end. */
final class TlsStages {
  static final String FIRST_BYTE = "first-byte";
  static final String TLS = "tls";
  static final String HANDSHAKE = "tls-handshake";
  static final String END = "tls-end";

  private static final Logger logger = LoggerFactory.getLogger(TlsStages.class);
  private static final OncePerSecond warnings = new OncePerSecond();

  private TlsStages() {}

  /** The settings that the endpoint needs: null if none. */
  static @Nullable ServerTls needed(Endpoint endpoint, ServerFront front) {
    if (endpoint.isSecure() && front.tls() == null) {
      throw new IllegalArgumentException(endpoint + ": no certificate (expected: ServerFront.tls)");
    }
    return endpoint.isSecure() ? front.tls() : null;
  }

  static void add(ChannelPipeline pipeline, ServerTls settings, EchoObserver observer) {
    add(
        pipeline,
        settings.handler(pipeline.channel().alloc()),
        TlsSide.SERVER,
        TlsStages::warn,
        (channel, notice) -> tell(observer, channel, notice));
  }

  private static void tell(EchoObserver observer, Channel channel, TlsException notice) {
    if (notice.problem() == TlsProblem.TRUNCATED) {
      observer.ended(channel, String.valueOf(notice.getMessage()));
    } else {
      observer.failed(channel, notice);
    }
  }

  static void add(ChannelPipeline pipeline, ClientTls settings, NetworkEndpoint endpoint) {
    pipeline.addLast(FIRST_BYTE, new FirstByteHandler());
    add(
        pipeline,
        settings.handler(pipeline.channel().alloc(), endpoint.host(), endpoint.port()),
        TlsSide.of(settings),
        (channel, failure) -> {},
        (channel, notice) -> {});
  }

  private static void add(
      ChannelPipeline pipeline,
      SslHandler tls,
      TlsSide side,
      BiConsumer<Channel, TlsException> failures,
      BiConsumer<Channel, TlsException> notices) {
    pipeline.addLast(TLS, tls);
    pipeline.addLast(HANDSHAKE, new TlsHandshakeHandler(tls, side, failures));
    pipeline.addLast(END, new TlsEndHandler(tls, side, notices));
  }

  /** Not of those who just went away again, as a probe of a load balancer does. */
  private static void warn(Channel channel, TlsException failure) {
    if (failure.problem() != TlsProblem.GONE && warnings.pass()) {
      logger.warn("{}: {}", Caller.of(channel), failure.getMessage());
    }
  }
}
