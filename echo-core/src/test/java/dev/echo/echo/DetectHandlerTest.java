package dev.echo.echo;

import static dev.echo.echo.Frames.ANSWER;
import static dev.echo.echo.Frames.PREFACE;
import static dev.echo.echo.Frames.echoed;
import static dev.echo.echo.Frames.send;
import static dev.echo.echo.Frames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.duplex.SocketEndHandler;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.metrics.EchoObserver;
import dev.echo.testing.Bytes;
import dev.echo.testing.FrozenTime;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectHandlerTest {
  private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static EmbeddedChannel channel(EchoMode mode) {
    FramesHandler frames = new FramesHandler(FrameHeader.MAX_LENGTH);
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(
            SocketEndHandler.INSTANCE,
            new DetectHandler(mode, HOLD_NANOS, frames),
            frames,
            new EchoHandler(EchoObserver.NONE));
    return channel;
  }

  private static void finish(EmbeddedChannel channel) {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
  }

  private static boolean leftOnly(EmbeddedChannel channel, Class<?>... stages) {
    return channel.pipeline().toMap().values().stream()
        .map(Object::getClass)
        .toList()
        .equals(java.util.List.of(stages));
  }

  @Test
  void takesTheFirstOtherByteForAStreamAtOnce() {
    EmbeddedChannel channel = channel(EchoMode.AUTO);
    FramesHandler frames = channel.pipeline().get(FramesHandler.class);
    assertThat(frames.isOver()).isFalse();

    send(channel, new Bytes("41"));

    assertThat(echoed(channel)).isEqualTo(new Bytes("41"));
    assertThat(frames.isOver()).isTrue();
    assertThat(leftOnly(channel, SocketEndHandler.class, EchoHandler.class)).isTrue();
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void echoesABeginningOfThePrefaceThatGoesOnOtherwise(int bytes) {
    EmbeddedChannel channel = channel(EchoMode.AUTO);
    Bytes begun = PREFACE.first(bytes);

    send(channel, begun);
    assertThat(echoed(channel)).isEqualTo(Bytes.NONE);
    send(channel, new Bytes("7777"));

    assertThat(echoed(channel)).isEqualTo(begun.then(new Bytes("7777")));
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void echoesABeginningOfThePrefaceWhenItsTimeIsOver(int bytes) {
    EmbeddedChannel channel = channel(EchoMode.AUTO);

    send(channel, PREFACE.first(bytes));
    FrozenTime.pass(channel, 199);
    assertThat(echoed(channel)).isEqualTo(Bytes.NONE);
    FrozenTime.pass(channel, 1);

    assertThat(echoed(channel)).isEqualTo(PREFACE.first(bytes));
    assertThat(channel.finish()).isFalse();
  }

  /** The rest of it may have come meanwhile. */
  @Test
  void holdsABeginningOfThePrefaceWhileTheProcessIsStopped() {
    EmbeddedChannel channel = channel(EchoMode.AUTO);

    send(channel, PREFACE.first(5));
    FrozenTime.stop(channel, 60_000);

    assertThat(echoed(channel)).isEqualTo(Bytes.NONE);
    FrozenTime.pass(channel, 200);
    assertThat(echoed(channel)).isEqualTo(PREFACE.first(5));
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void echoesABeginningOfThePrefaceAtTheEndOfInput(int bytes) {
    EmbeddedChannel channel = channel(EchoMode.AUTO);

    send(channel, PREFACE.first(bytes));
    finish(channel);

    assertThat(echoed(channel)).isEqualTo(PREFACE.first(bytes));
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void takesAnotherVersionForAStream() {
    EmbeddedChannel channel = channel(EchoMode.AUTO);

    send(channel, new Bytes("fe4543484f0d0a02"));

    assertThat(echoed(channel)).isEqualTo(new Bytes("fe4543484f0d0a02"));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void answersThePrefaceAndLeavesTheFramesToTheNextStage() {
    EmbeddedChannel channel = channel(EchoMode.AUTO);

    send(channel, PREFACE.then(text("6869")));

    assertThat(echoed(channel)).isEqualTo(ANSWER.then(text("6869")));
    assertThat(leftOnly(channel, SocketEndHandler.class, FramesHandler.class, EchoHandler.class))
        .isTrue();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void knowsThePrefaceHoweverItIsTorn() {
    for (int first = 1; first < 8; first++) {
      for (int second = first; second <= 8; second++) {
        EmbeddedChannel channel = channel(EchoMode.AUTO);
        Bytes all = PREFACE.then(text("6869"));

        send(channel, all.first(first));
        send(channel, new Bytes(all.hex().substring(2 * first, 2 * second)));
        send(channel, new Bytes(all.hex().substring(2 * second)));

        assertThat(echoed(channel))
            .as("torn at %d and %d", first, second)
            .isEqualTo(ANSWER.then(text("6869")));
        assertThat(channel.finish()).isFalse();
      }
    }
  }

  @Test
  void answersAPrefaceWithNothingBehindIt() {
    EmbeddedChannel channel = channel(EchoMode.AUTO);

    send(channel, PREFACE);
    finish(channel);

    assertThat(echoed(channel)).isEqualTo(ANSWER);
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"41", "fe41", "fe4543484f0d0a02"})
  void endsOtherPeersInFramesModeWithAnErrorBehindTheAnswer(String hex) {
    EmbeddedChannel channel = channel(EchoMode.FRAMES);

    send(channel, new Bytes(hex));

    assertThat(echoed(channel).hex()).startsWith(ANSWER.hex()).contains("0f0000000002");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void echoesWhatItHoldsWhenTheServerEndsTheConnection() {
    EmbeddedChannel channel = channel(EchoMode.AUTO);

    send(channel, PREFACE.first(3));
    channel
        .pipeline()
        .fireUserEventTriggered(new FrameError(ErrorCode.DRAINING, "the server is shutting down"));

    assertThat(echoed(channel)).isEqualTo(PREFACE.first(3));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void releasesWhatItHoldsWhenTheConnectionIsLost() {
    EmbeddedChannel channel = channel(EchoMode.AUTO);

    send(channel, PREFACE.first(5));

    assertThat(channel.finish()).isFalse();
    assertThat(channel.isOpen()).isFalse();
  }
}
