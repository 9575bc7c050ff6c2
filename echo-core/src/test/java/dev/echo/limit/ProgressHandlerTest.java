package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameProgress;
import dev.echo.metrics.EchoObserver;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressHandlerTest {
  private static final Limits LIMITS =
      Limits.builder()
          .idleTimeout(Duration.ofSeconds(60))
          .stallTimeout(Duration.ofSeconds(30))
          .build();

  private final List<FrameError> asked = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private boolean insideFrame;
  private boolean over;
  private long steps;

  private final EchoObserver observer =
      new EchoObserver() {
        @Override
        public void ended(Channel connection, String why) {
          ended.add(why);
        }
      };

  private EmbeddedChannel connect(String remote) {
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(remote, 5);
          }
        };
    channel.freezeTime();
    FrameProgress frames =
        new FrameProgress() {
          @Override
          public boolean isInsideFrame() {
            return insideFrame;
          }

          @Override
          public long steps() {
            return steps;
          }

          @Override
          public boolean isOver() {
            return over;
          }
        };
    ProgressHandler handler = new ProgressHandler(new Sweeper(LIMITS), LIMITS, observer, frames);
    channel
        .pipeline()
        .addLast(
            handler,
            new ChannelInboundHandlerAdapter() {
              @Override
              public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
                asked.add((FrameError) evt);
              }
            });
    channel.pipeline().fireChannelActive();
    return channel;
  }

  private static void pass(EmbeddedChannel channel, int seconds) {
    for (int i = 0; i < seconds; i++) {
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runPendingTasks();
    }
  }

  @Test
  void asksAnIdleConnectionToEndOnce() {
    EmbeddedChannel channel = connect("192.0.2.1");

    pass(channel, 59);
    assertThat(asked).isEmpty();
    pass(channel, 100);

    assertThat(asked).containsExactly(new FrameError(ErrorCode.IDLE_OR_STALLED, "idle for 60 s"));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void leavesIdlePeersOnLoopbackAlone() {
    EmbeddedChannel channel = connect("127.0.0.1");

    pass(channel, 1000);

    assertThat(asked).isEmpty();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void countsAReadAsProgress() {
    EmbeddedChannel channel = connect("192.0.2.1");

    for (int i = 0; i < 5; i++) {
      pass(channel, 50);
      channel.writeInbound(Unpooled.EMPTY_BUFFER);
    }
    pass(channel, 59);

    assertThat(asked).isEmpty();
    assertThat(channel.releaseInbound()).isTrue();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void closesAConnectionWhosePeerDoesNotRead() {
    EmbeddedChannel channel = connect("127.0.0.1");

    channel.write(Unpooled.wrappedBuffer(new byte[10]));
    pass(channel, 29);
    assertThat(channel.isOpen()).isTrue();
    pass(channel, 3);

    assertThat(channel.isOpen()).isFalse();
    assertThat(ended).containsExactly("nothing was read for 30 s");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void countsWhatWasWrittenAsProgressAndWhatWasAddedNot() {
    EmbeddedChannel channel = connect("127.0.0.1");

    for (int i = 0; i < 3; i++) {
      channel.write(Unpooled.wrappedBuffer(new byte[10]));
      pass(channel, 29);
      channel.flush();
      pass(channel, 1);
    }
    assertThat(channel.isOpen()).isTrue();
    for (int i = 0; i < 32; i++) {
      channel.write(Unpooled.wrappedBuffer(new byte[10]));
      pass(channel, 1);
    }

    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.releaseOutbound()).isTrue();
    assertThat(channel.finish()).isFalse();
  }

  /** As after SIGSTOP: whatever the peers did in that time could not be seen. */
  @Test
  void countsNoTimeInWhichItsOwnLoopStoodStill() {
    EmbeddedChannel channel = connect("192.0.2.1");
    insideFrame = true;
    channel.write(Unpooled.wrappedBuffer(new byte[10]));
    pass(channel, 20);

    channel.advanceTimeBy(1000, TimeUnit.SECONDS);
    channel.runPendingTasks();
    pass(channel, 8);
    assertThat(channel.isOpen()).isTrue();
    assertThat(asked).isEmpty();
    pass(channel, 4);

    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void endsAFrameThatOnlyTrickles() {
    EmbeddedChannel channel = connect("127.0.0.1");
    insideFrame = true;

    for (int i = 0; i < 40; i++) {
      channel.writeInbound(Unpooled.EMPTY_BUFFER);
      pass(channel, 1);
    }

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).sentence()).isEqualTo("a frame was not finished within 30 s");
    assertThat(channel.releaseInbound()).isTrue();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void leavesAFrameAloneThatGoesOn() {
    EmbeddedChannel channel = connect("127.0.0.1");
    insideFrame = true;

    for (int i = 0; i < 10; i++) {
      steps++;
      pass(channel, 20);
    }

    assertThat(asked).isEmpty();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void forgetsTheFramesOfWhatTurnsOutAStream() {
    EmbeddedChannel channel = connect("127.0.0.1");
    over = true;
    pass(channel, 2);

    insideFrame = true;
    pass(channel, 100);

    assertThat(asked).isEmpty();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void doesNotBlameTheSenderOfAFrameWhileReadingIsHeldBack() {
    EmbeddedChannel channel = connect("127.0.0.1");
    insideFrame = true;

    channel.config().setAutoRead(false);
    pass(channel, 100);

    assertThat(asked).isEmpty();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void leavesNoTimerBehindTheLastConnection() {
    EmbeddedChannel channel = connect("127.0.0.1");
    pass(channel, 2);

    channel.close();
    pass(channel, 2);

    assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    assertThat(channel.finish()).isFalse();
  }
}
