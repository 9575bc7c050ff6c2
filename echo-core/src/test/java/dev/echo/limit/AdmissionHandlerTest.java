package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.caller.Networks;
import dev.echo.metrics.EchoCounters;
import dev.echo.metrics.EchoObserver;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionHandlerTest {
  private final EchoCounters counters = new EchoCounters();
  private final Limits limits = Limits.builder().maxConnectionsPerSource(1).build();
  private final Connections connections = new Connections(limits);

  private EmbeddedChannel connection(String address, EchoObserver observer) {
    AccessList access = new AccessList(Networks.NONE, Networks.of(List.of("192.0.2.66")));
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(address, 1234);
          }
        };
    channel.pipeline().addLast(new AdmissionHandler(new Admission(connections, access, observer)));
    channel.pipeline().fireChannelActive();
    return channel;
  }

  @Test
  void leavesOnceTheCallerIsAdmitted() {
    EmbeddedChannel channel = connection("192.0.2.1", counters);

    channel.writeInbound("passes");

    assertThat(channel.pipeline().get(AdmissionHandler.class)).isNull();
    assertThat(channel.<String>readInbound()).isEqualTo("passes");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void closesACallerThatMayNotCome() {
    EmbeddedChannel channel = connection("192.0.2.66", counters);

    assertThat(channel.isOpen()).isFalse();
    assertThat(counters.snapshot().refused()).isEqualTo(1);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void closesACallerThatIsOneTooManyUntilAnotherLeaves() {
    EmbeddedChannel first = connection("192.0.2.1", counters);
    EmbeddedChannel second = connection("192.0.2.1", counters);
    EmbeddedChannel other = connection("192.0.2.2", counters);

    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isFalse();
    assertThat(other.isOpen()).isTrue();
    first.close();
    assertThat(connection("192.0.2.1", counters).isOpen()).isTrue();
    assertThat(counters.snapshot().refused()).isEqualTo(1);
  }
}
