package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.frame.Challenge;
import dev.echo.frame.DatagramFrame;
import dev.echo.metrics.EchoCounters;
import dev.echo.metrics.Refusal;
import dev.echo.testing.LeakExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakExtension.class)
class ChallengeHandlerTest {
  private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 7777);
  private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.2", 5555);
  private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 5556);

  private final EchoCounters counters = new EchoCounters();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new ChallengeHandler(new DatagramRefusals(counters)));

  private boolean passes(InetSocketAddress source, ByteBuf content) {
    channel.writeInbound(new DatagramPacket(content, HERE, source));
    channel.flushOutbound();
    DatagramPacket passed = channel.readInbound();
    if (passed != null) {
      passed.release();
    }
    return passed != null;
  }

  private long challenged(InetSocketAddress source, int bytes) {
    assertThat(passes(source, Unpooled.buffer(bytes).writeZero(bytes))).isFalse();
    DatagramPacket challenge = channel.readOutbound();
    assertThat(challenge.recipient()).isEqualTo(source);
    assertThat(challenge.content().readableBytes()).isLessThanOrEqualTo(bytes);
    assertThat(Challenge.isChallenge(challenge.content())).isTrue();
    assertThat(DatagramFrame.isFromServer(challenge.content())).isTrue();
    long cookie = Challenge.cookie(challenge.content());
    challenge.release();
    return cookie;
  }

  private static ByteBuf response(long cookie) {
    ByteBuf response = Unpooled.buffer();
    Challenge.writeResponse(response, cookie);
    return response;
  }

  @Test
  void servesASourceOnceItReturnedItsCookie() {
    long cookie = challenged(CLIENT, Challenge.BYTES);

    assertThat(passes(CLIENT, response(cookie))).isTrue();
    assertThat(passes(CLIENT, Unpooled.EMPTY_BUFFER)).isTrue();

    assertThat(counters.snapshot().refused(Refusal.UNVERIFIED)).isEqualTo(1);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void servesNobodyWithAWrongCookieOrAnothers() {
    long cookie = challenged(CLIENT, 100);

    assertThat(passes(CLIENT, response(cookie + 1))).isFalse();
    assertThat(passes(OTHER, response(cookie))).isFalse();

    channel.releaseOutbound();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void answersNothingToARequestThatIsShorterThanItsChallenge() {
    assertThat(passes(CLIENT, Unpooled.buffer().writeZero(Challenge.BYTES - 1))).isFalse();

    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(counters.snapshot().refused(Refusal.UNVERIFIED)).isEqualTo(1);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void takesACookieInTheSlotAfterItsOwnAndNotLater() {
    Cookies cookies = new Cookies();
    long cookie = cookies.make(CLIENT, 0);

    assertThat(cookies.isGood(CLIENT, cookie, 2 * Cookies.SLOT_NANOS - 1)).isTrue();
    assertThat(cookies.isGood(CLIENT, cookie, 2 * Cookies.SLOT_NANOS)).isFalse();
    assertThat(new Cookies().isGood(CLIENT, cookie, 0)).isFalse();
    assertThat(channel.finish()).isFalse();
  }
}
