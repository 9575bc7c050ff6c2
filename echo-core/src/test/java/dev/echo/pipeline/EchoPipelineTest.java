package dev.echo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.caller.Networks;
import dev.echo.caller.ProxyPolicy;
import dev.echo.echo.EchoMode;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.limit.Connections;
import dev.echo.limit.Limits;
import dev.echo.metrics.EchoCounters;
import dev.echo.metrics.EchoObserver;
import io.netty.channel.ChannelOption;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoPipelineTest {
  private static List<String> stages(EchoMode mode, Limits limits, EchoObserver observer) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new EchoPipeline(mode, limits, observer, new Connections(limits)));
    List<String> names = List.copyOf(channel.pipeline().toMap().keySet());
    assertThat(channel.finish()).isFalse();
    return names;
  }

  @Test
  void putsTheStagesInOrder() {
    assertThat(stages(EchoMode.AUTO, Limits.DEFAULT, new EchoCounters()))
        .containsExactly(
            "end", "membership", "observer", "progress", "gate", "detect", "frames", "echo");
  }

  @Test
  void asksWhoIsProxiedBeforeAnythingElse() {
    ProxyPolicy policy =
        new ProxyPolicy(
            ProxyPolicy.Mode.OPTIONAL,
            Networks.of(List.of("192.0.2.1")),
            ProxyPolicy.UnixPeers.UNTRUSTED);
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new EchoPipeline(
                TcpEndpoint.of("127.0.0.1", 0),
                ServerFront.NONE.proxy(policy),
                EchoMode.STREAM,
                Limits.DEFAULT,
                new EchoCounters(),
                new Connections(Limits.DEFAULT)));

    assertThat(channel.pipeline().names())
        .startsWith("end", "membership", "proxy", "admission", "observer");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void leavesOutWhatIsNotAskedFor() {
    Limits endless = Limits.builder().idleTimeout(Limits.NEVER).stallTimeout(Limits.NEVER).build();

    assertThat(stages(EchoMode.STREAM, endless, EchoObserver.NONE))
        .containsExactly("end", "membership", "gate", "echo");
  }

  @Test
  void setsTheMarksByTheCeiling() {
    Limits limits = Limits.builder().ceilingBytes(64 * 1024).build();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new EchoPipeline(EchoMode.AUTO, limits, EchoObserver.NONE, new Connections(limits)));

    var marks = channel.config().getOption(ChannelOption.WRITE_BUFFER_WATER_MARK);

    assertThat(marks.high()).isEqualTo(32 * 1024);
    assertThat(marks.low()).isEqualTo(16 * 1024);
    assertThat(channel.finish()).isFalse();
  }
}
