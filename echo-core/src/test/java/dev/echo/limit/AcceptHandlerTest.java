package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.caller.Networks;
import dev.echo.caller.ProxyPolicy;
import dev.echo.caller.ProxyPolicy.Mode;
import dev.echo.caller.ProxyPolicy.UnixPeers;
import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.Refusal;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcceptHandlerTest {
  private final List<Refusal> refused = new ArrayList<>();

  private EmbeddedChannel listener(Connections connections) {
    return new EmbeddedChannel(
        new AcceptHandler(
            connections,
            new EchoObserver() {
              @Override
              public void refused(@Nullable SocketAddress remote, Refusal why) {
                refused.add(why);
              }
            }));
  }

  private static EmbeddedChannel from(String address) {
    return new EmbeddedChannel() {
      @Override
      protected SocketAddress remoteAddress0() {
        return new InetSocketAddress(address, 1234);
      }
    };
  }

  @Test
  void closesWhoIsOneTooManyUntilAnotherLeaves() {
    Connections connections = new Connections(Limits.builder().maxConnections(2).build());
    EmbeddedChannel listener = listener(connections);
    EmbeddedChannel first = from("192.0.2.1");
    EmbeddedChannel third = from("192.0.2.3");
    EmbeddedChannel fourth = from("192.0.2.4");

    listener.writeInbound(first, from("192.0.2.2"), third);
    first.close();
    listener.writeInbound(fourth);

    assertThat(refused).containsExactly(Refusal.TOO_MANY_CONNECTIONS);
    assertThat(listener.inboundMessages()).hasSize(3).doesNotContain(third).contains(fourth);
    assertThat(connections.count()).isEqualTo(2);
    listener.inboundMessages().clear();
    assertThat(listener.finish()).isFalse();
  }

  @Test
  void closesWhoIsOneTooManyFromItsSource() {
    Connections connections = new Connections(Limits.builder().maxConnectionsPerSource(1).build());
    EmbeddedChannel listener = listener(connections);
    EmbeddedChannel first = from("192.0.2.1");

    listener.writeInbound(first, from("192.0.2.1"), from("192.0.2.2"));
    first.close();
    listener.writeInbound(from("192.0.2.1"));

    assertThat(refused).containsExactly(Refusal.TOO_MANY_FROM_SOURCE);
    assertThat(listener.inboundMessages()).hasSize(3);
    assertThat(connections.count()).isEqualTo(2);
    listener.inboundMessages().clear();
    assertThat(listener.finish()).isFalse();
  }

  @Test
  void decidesAtOnceOnAPeerThatIsNoProxy() {
    Connections connections = new Connections(Limits.builder().maxConnectionsPerSource(1).build());
    List<Refusal> why = new ArrayList<>();
    EchoObserver observer =
        new EchoObserver() {
          @Override
          public void refused(@Nullable SocketAddress remote, Refusal refusal) {
            why.add(refusal);
          }
        };
    AccessList access = new AccessList(Networks.NONE, Networks.of(List.of("192.0.2.66")));
    Admission admission = new Admission(connections, access, observer);
    ProxyPolicy policy =
        new ProxyPolicy(
            Mode.OPTIONAL, Networks.of(List.of("192.0.2.100", "192.0.2.66")), UnixPeers.UNTRUSTED);
    EmbeddedChannel listener = new EmbeddedChannel(AcceptHandler.of(admission, policy));
    EmbeddedChannel silent = from("192.0.2.1");

    // A proxy may stand for anybody, so nothing is known of it yet, not even of one that is denied.
    listener.writeInbound(from("192.0.2.100"), from("192.0.2.100"), from("192.0.2.66"));
    listener.writeInbound(silent, from("192.0.2.1"));
    boolean onceMore = admission.admitsCaller(silent);
    silent.close();
    listener.writeInbound(from("192.0.2.1"));

    assertThat(why).containsExactly(Refusal.TOO_MANY_FROM_SOURCE);
    assertThat(onceMore).isTrue();
    assertThat(listener.inboundMessages()).hasSize(5);
    assertThat(connections.count()).isEqualTo(4);
    listener.inboundMessages().clear();
    assertThat(listener.finish()).isFalse();
  }

  @Test
  void admitsNobodyWhileDraining() {
    Connections connections = new Connections(Limits.DEFAULT);
    EmbeddedChannel listener = listener(connections);
    EmbeddedChannel before = from("192.0.2.1");

    listener.writeInbound(before);
    var emptied = connections.drain().toCompletableFuture();
    listener.writeInbound(from("192.0.2.2"));

    assertThat(refused).containsExactly(Refusal.DRAINING);
    assertThat(emptied).isNotDone();
    before.close();
    assertThat(emptied).isDone();
    listener.inboundMessages().clear();
    assertThat(listener.finish()).isFalse();
  }

  @Test
  void leavesAFailedAcceptToTheStagesBehind() {
    EmbeddedChannel listener = listener(new Connections(Limits.DEFAULT));

    listener.pipeline().fireExceptionCaught(new java.io.IOException("Too many open files"));

    org.assertj.core.api.Assertions.assertThatThrownBy(listener::checkException)
        .hasMessage("Too many open files");
    assertThat(listener.finish()).isFalse();
  }

  @Test
  void logsAFailedAcceptInTheLastStage() {
    EmbeddedChannel listener = new EmbeddedChannel(new AcceptFailureHandler());

    listener.pipeline().fireExceptionCaught(new java.io.IOException("Too many open files"));

    listener.checkException();
    assertThat(listener.isOpen()).isTrue();
    assertThat(listener.finish()).isFalse();
  }
}
