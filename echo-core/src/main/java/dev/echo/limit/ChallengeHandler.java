package dev.echo.limit;

import dev.echo.frame.Challenge;
import dev.echo.metrics.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Passes on only what comes from sources that returned a cookie, so that nobody gets an echo who
 * did not ask. A request of another source is answered by a {@link Challenge}, if that is not
 * longer than the request, and dropped. A source stays known while it sends at least once a minute;
 * only those that can be reached take room in the table, which forgets the one that was silent for
 * longest. Behind the rate, since a challenge costs a hash. One for each listener.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A challenge that is lost is asked for again.
public final class ChallengeHandler extends ChannelInboundHandlerAdapter {
  static final int MAX_SOURCES = 16_384;

  private static final long KNOWN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final DatagramRefusals refusals;
  private final Cookies cookies = new Cookies();
  private final Map<InetSocketAddress, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Long> eldest) {
          return size() > MAX_SOURCES;
        }
      };

  /**
   * Makes the handler of one listener.
   *
   * @param refusals is told
   */
  public ChallengeHandler(DatagramRefusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof DatagramPacket packet)) {
      ctx.fireChannelRead(msg);
      return;
    }
    long now = System.nanoTime();
    if (isKnown(packet.sender(), now) || returnsCookie(packet, now)) {
      known.put(packet.sender(), now);
      ctx.fireChannelRead(packet);
      return;
    }
    refusals.refused(packet.sender(), Refusal.UNVERIFIED);
    if (packet.content().readableBytes() >= Challenge.BYTES) {
      ByteBuf challenge = ctx.alloc().directBuffer(Challenge.BYTES);
      Challenge.writeChallenge(challenge, cookies.make(packet.sender(), now));
      ctx.write(new DatagramPacket(challenge, packet.sender()));
    }
    packet.release();
  }

  private boolean isKnown(InetSocketAddress source, long now) {
    Long last = known.get(source);
    return last != null && now - last < KNOWN_NANOS;
  }

  private boolean returnsCookie(DatagramPacket packet, long now) {
    return Challenge.isResponse(packet.content())
        && cookies.isGood(packet.sender(), Challenge.cookie(packet.content()), now);
  }
}
