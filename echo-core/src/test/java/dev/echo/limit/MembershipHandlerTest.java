package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipHandlerTest {
  private final Connections connections = new Connections(Limits.DEFAULT);
  private final List<Object> events = new ArrayList<>();

  private EmbeddedChannel connect() {
    return new EmbeddedChannel(
        new MembershipHandler(connections),
        new ChannelInboundHandlerAdapter() {
          @Override
          public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
            events.add(evt);
          }
        });
  }

  @Test
  void makesAConnectionKnownWhileItIsUp() {
    EmbeddedChannel channel = connect();
    assertThat(connections.active()).containsExactly(channel);

    channel.close();

    assertThat(connections.active()).isEmpty();
    assertThat(events).isEmpty();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void asksAConnectionToEndThatComesUpWhileDraining() {
    connections.drain();

    EmbeddedChannel channel = connect();

    assertThat(events).containsExactly(MembershipHandler.DRAINING);
    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void closesAConnectionThatComesUpAfterTheEnd() {
    connections.close();
    connections.drain();

    EmbeddedChannel channel = connect();

    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.finish()).isFalse();
  }
}
