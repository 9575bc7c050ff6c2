package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.client.Stamps;
import dev.echo.payload.PayloadSource.Generated;
import dev.echo.payload.Script;
import dev.echo.payload.WrongEcho;
import dev.echo.verify.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkTest {
  private static final int BYTES = 1_000;

  private final List<WrongEcho> wrong = new ArrayList<>();
  private final Flow flow =
      new Flow(
          1,
          new Script(ClientMode.STREAM, Stamps.OFF, new Generated(BYTES, BYTES), 1),
          10,
          new Told());
  private final Link link = Link.stream(flow, new Ignoring());

  @Test
  void judgesADamagedMessageOnlyWhenNothingMoreOfItComes() {
    EmbeddedChannel channel = new EmbeddedChannel(link);
    channel.freezeTime();
    flow.connected(link.firstPeer());
    flow.due();
    link.send();
    ByteBuf echo = channel.readOutbound();
    echo.setByte(50, echo.getByte(50) ^ 1);

    while (echo.isReadable()) {
      channel.writeInbound(echo.readRetainedSlice(100));
      channel.advanceTimeBy(150, TimeUnit.MILLISECONDS);
      channel.runScheduledPendingTasks();
    }
    echo.release();

    assertThat(wrong).extracting(WrongEcho::verdict).containsExactly(Verdict.CORRUPT);
    assertThat(flow.ending()).isNull();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void judgesADamagedMessageWhenItIsSilent() {
    EmbeddedChannel channel = new EmbeddedChannel(link);
    channel.freezeTime();
    flow.connected(link.firstPeer());
    flow.due();
    link.send();
    ByteBuf echo = channel.readOutbound();
    echo.setByte(50, echo.getByte(50) ^ 1);
    channel.writeInbound(echo.readRetainedSlice(100));
    echo.release();
    assertThat(wrong).isEmpty();

    channel.advanceTimeBy(200, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();

    assertThat(wrong).hasSize(1);
    assertThat(flow.ending()).isNotNull();
    assertThat(channel.finish()).isFalse();
  }

  private final class Told implements Flow.Owner {
    private final Meter meter = new Meter();

    @Override
    public Meter meter() {
      return meter;
    }

    @Override
    public long allowance() {
      return Long.MAX_VALUE;
    }

    @Override
    public void left(long count, long sentNanos) {}

    @Override
    public void wrong(WrongEcho echo) {
      wrong.add(echo);
    }
  }

  private static final class Ignoring implements Link.Owner {
    @Override
    public void readComplete(Link link) {}

    @Override
    public void notEcho(Link link, int agreed, byte[] first) {}

    @Override
    public void inputEnded(Link link) {}

    @Override
    public void closed(Link link, @Nullable Throwable cause) {}
  }
}
