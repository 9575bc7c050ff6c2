package dev.echo.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.caller.ProxyPolicy.Mode;
import dev.echo.caller.ProxyPolicy.UnixPeers;
import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.Refusal;
import dev.echo.metrics.Refusals;
import dev.echo.testing.FrozenTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHandlerTest {
  private static final String V2_SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String PAYLOAD = "\u00feECHO, and then whatever follows";
  private static final Networks PROXIES = Networks.of(List.of("192.0.2.0/24"));
  private static final long HEADER_SECONDS = 30;

  private final List<Refusal> refused = new ArrayList<>();
  private final Behind behind = new Behind();

  /** What the stages behind see. */
  @Sharable
  private static final class Behind extends ChannelInboundHandlerAdapter {
    final List<String> events = new ArrayList<>();
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      events.add("active from " + Caller.of(ctx.channel()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      ByteBuf content = (ByteBuf) msg;
      bytes.writeBytes(ByteBufUtil.getBytes(content));
      content.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
      events.add(evt.getClass().getSimpleName());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      events.add("inactive");
    }

    String text() {
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private EmbeddedChannel channel(Mode mode, String peer) {
    EchoObserver observer =
        new EchoObserver() {
          @Override
          public void refused(@Nullable SocketAddress remote, Refusal why) {
            refused.add(why);
          }
        };
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(peer, 4321);
          }
        };
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(
            new ProxyHandler(
                new ProxyPolicy(mode, PROXIES, UnixPeers.UNTRUSTED),
                TimeUnit.SECONDS.toNanos(HEADER_SECONDS),
                new Refusals(observer)))
        .addLast(behind);
    channel.pipeline().fireChannelActive();
    return channel;
  }

  private EmbeddedChannel trusted(Mode mode) {
    return channel(mode, "192.0.2.9");
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  private static String hex(String digits) {
    return new String(
        HexFormat.of().parseHex(digits.replace(" ", "")), StandardCharsets.ISO_8859_1);
  }

  private static String crc32c() {
    return V2_SIGNATURE + "21 11 0013 cb007101 c6336402 ccb0 0007 030004 ";
  }

  record Case(String header, String source) {}

  static Stream<Case> headers() {
    return Stream.of(
        new Case("PROXY TCP4 203.0.113.1 198.51.100.2 52400 7\r\n", "203.0.113.1:52400"),
        new Case("PROXY TCP6 2001:db8::1 2001:db8::2 0 65535\r\n", "[2001:db8::1]:0"),
        new Case("PROXY TCP6 ::ffff:203.0.113.1 ::1 1 2\r\n", "203.0.113.1:1"),
        new Case("PROXY UNKNOWN\r\n", ""),
        new Case("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", ""),
        new Case(hex(V2_SIGNATURE + "21 11 000c cb007101 c6336402 ccb0 0007"), "203.0.113.1:52400"),
        new Case(
            hex(V2_SIGNATURE + "21 11 0011 cb007101 c6336402 ccb0 0007 04 0002 abcd"),
            "203.0.113.1:52400"),
        new Case(
            hex(
                V2_SIGNATURE
                    + "21 21 0024 20010db8000000000000000000000001"
                    + "20010db8000000000000000000000002 0001 0002"),
            "[2001:db8::1]:1"),
        new Case(hex(V2_SIGNATURE + "20 00 0000"), ""),
        new Case(hex(V2_SIGNATURE + "20 11 000c cb007101 c6336402 ccb0 0007"), ""),
        new Case(hex(V2_SIGNATURE + "21 00 0003 010203"), ""),
        new Case(hex(V2_SIGNATURE + "21 31 00d8" + "2f".repeat(216)), ""));
  }

  private static String active(Case header) {
    return "active from "
        + (header.source().isEmpty() ? "192.0.2.9:4321" : header.source() + ", proxied");
  }

  @ParameterizedTest
  @MethodSource("headers")
  void takesTheHeaderOffWhereverItIsSplit(Case header) {
    String whole = header.header() + PAYLOAD;
    for (Mode mode : List.of(Mode.OPTIONAL, Mode.REQUIRED)) {
      for (int at = 0; at <= whole.length(); at++) {
        behind.events.clear();
        behind.bytes.reset();
        EmbeddedChannel channel = trusted(mode);

        channel.writeInbound(bytes(whole.substring(0, at)), bytes(whole.substring(at)));

        assertThat(behind.events).as("split at %d", at).containsExactly(active(header));
        assertThat(behind.text()).as("split at %d", at).isEqualTo(PAYLOAD);
        assertThat(channel.finish()).isFalse();
      }
    }
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("headers")
  void takesTheHeaderOffByteByByte(Case header) {
    EmbeddedChannel channel = trusted(Mode.REQUIRED);

    (header.header() + PAYLOAD)
        .chars()
        .forEach(each -> channel.writeInbound(bytes(Character.toString(each))));

    assertThat(behind.events).containsExactly(active(header));
    assertThat(behind.text()).isEqualTo(PAYLOAD);
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Hello", "P", "PROX", "PROXy", "\r\n\r\n\0\r\nQUIT", "\u00feECHO", "\r\n"})
  void losesNothingWhereTheHeaderIsOptional(String data) {
    EmbeddedChannel channel = trusted(Mode.OPTIONAL);

    channel.writeInbound(bytes(data), bytes("!"));

    assertThat(behind.events).containsExactly("active from 192.0.2.9:4321");
    assertThat(behind.text()).isEqualTo(data + "!");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void decidesAtTheFirstByteThatDiffers() {
    EmbeddedChannel channel = trusted(Mode.OPTIONAL);

    channel.writeInbound(bytes("\u00fe"));

    assertThat(behind.text()).isEqualTo("\u00fe");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void holdsLessThanASignatureForTwoHundredMilliseconds() {
    EmbeddedChannel channel = trusted(Mode.OPTIONAL);

    channel.writeInbound(bytes("PROXY"));
    FrozenTime.pass(channel, 199);
    assertThat(behind.events).isEmpty();
    FrozenTime.pass(channel, 1);

    assertThat(behind.text()).isEqualTo("PROXY");
    channel.writeInbound(bytes(" TCP4"));
    assertThat(behind.text()).isEqualTo("PROXY TCP4");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void passesWhatIsHeldAtTheEndOfInput() {
    EmbeddedChannel channel = trusted(Mode.OPTIONAL);

    channel.writeInbound(bytes("PRO"));
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(behind.events)
        .containsExactly("active from 192.0.2.9:4321", "ChannelInputShutdownEvent");
    assertThat(behind.text()).isEqualTo("PRO");
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 203.0.113.1 198.51.100.2 52400\r\n",
        "PROXY TCP4 203.0.113.1 198.51.100.2 52400 7 8\r\n",
        "PROXY TCP4 203.0.113.1 198.51.100.2 65536 7\r\n",
        "PROXY TCP4 203.0.113.1 198.51.100.2 007 7\r\n",
        "PROXY TCP4 203.0.113.256 198.51.100.2 1 7\r\n",
        "PROXY TCP4 2001:db8::1 2001:db8::2 1 7\r\n",
        "PROXY TCP6 203.0.113.1 198.51.100.2 1 7\r\n",
        "PROXY TCP6 fe80::1%eth0 fe80::2 1 7\r\n",
        "PROXY UDP4 203.0.113.1 198.51.100.2 1 7\r\n",
        "PROXY  TCP4 203.0.113.1 198.51.100.2 1 7\r\n",
        "PROXY TCP4 203.0.113.1 198.51.100.2 1 7\n",
        "PROXY \r\n"
      })
  void endsAMalformedLine(String header) {
    EmbeddedChannel channel = trusted(Mode.OPTIONAL);

    channel.writeInbound(bytes(header + PAYLOAD));

    assertRefused(channel, Refusal.BAD_PROXY_HEADER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "31 11 000c cb007101 c6336402 ccb0 0007",
        "22 11 000c cb007101 c6336402 ccb0 0007",
        "21 11 000b cb007101 c6336402 ccb0 00",
        "21 13 000c cb007101 c6336402 ccb0 0007",
        "21 41 000c cb007101 c6336402 ccb0 0007",
        "21 11 000e cb007101 c6336402 ccb0 0007 0400",
        "21 11 000f cb007101 c6336402 ccb0 0007 040001",
        "21 11 0013 cb007101 c6336402 ccb0 0007 030004 00000000",
        "21 11 0011 cb007101 c6336402 ccb0 0007 030002 0000",
        "21 11 ffff"
      })
  void endsAMalformedBinaryHeader(String rest) {
    EmbeddedChannel channel = trusted(Mode.REQUIRED);

    channel.writeInbound(bytes(hex(V2_SIGNATURE + rest)));

    assertRefused(channel, Refusal.BAD_PROXY_HEADER);
  }

  @Test
  void takesAChecksumThatIsRight() {
    java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
    sum.update(hex(crc32c() + "00000000").getBytes(StandardCharsets.ISO_8859_1));
    EmbeddedChannel channel = trusted(Mode.REQUIRED);

    channel.writeInbound(bytes(hex(crc32c() + HexFormat.of().toHexDigits((int) sum.getValue()))));

    assertThat(behind.events).containsExactly("active from 203.0.113.1:52400, proxied");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void endsALineWithoutEnd() {
    EmbeddedChannel channel = trusted(Mode.REQUIRED);

    channel.writeInbound(bytes("PROXY UNKNOWN " + "x".repeat(92)));
    assertThat(refused).isEmpty();
    channel.writeInbound(bytes("x"));

    assertRefused(channel, Refusal.BAD_PROXY_HEADER);
  }

  @Test
  void endsAHeaderOfAPeerThatIsNotTrusted() {
    EmbeddedChannel channel = channel(Mode.OPTIONAL, "198.51.100.9");

    channel.writeInbound(bytes("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n"));

    assertRefused(channel, Refusal.UNTRUSTED_PROXY);
  }

  @Test
  void servesAPeerThatIsNotTrustedAndSendsNoHeader() {
    EmbeddedChannel channel = channel(Mode.OPTIONAL, "198.51.100.9");

    channel.writeInbound(bytes("Hello"));

    assertThat(behind.events).containsExactly("active from 198.51.100.9:4321");
    assertThat(behind.text()).isEqualTo("Hello");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void endsAPeerThatMustBeAProxyAndIsNone() {
    EmbeddedChannel channel = channel(Mode.REQUIRED, "198.51.100.9");

    assertRefused(channel, Refusal.UNTRUSTED_PROXY);
  }

  @Test
  void endsAMissingHeaderWhereItIsRequired() {
    EmbeddedChannel channel = trusted(Mode.REQUIRED);

    channel.writeInbound(bytes("Hello"));

    assertRefused(channel, Refusal.NO_PROXY_HEADER);
  }

  @Test
  void endsAHeaderThatDoesNotComeInTime() {
    EmbeddedChannel channel = trusted(Mode.OPTIONAL);

    channel.writeInbound(bytes("PROXY TCP4"));
    FrozenTime.pass(channel, TimeUnit.SECONDS.toMillis(HEADER_SECONDS));

    assertRefused(channel, Refusal.BAD_PROXY_HEADER);
  }

  @Test
  void countsNoTimeInWhichTheProcessIsStopped() {
    EmbeddedChannel channel = trusted(Mode.REQUIRED);

    channel.writeInbound(bytes("PROXY TCP4"));
    FrozenTime.stop(channel, TimeUnit.SECONDS.toMillis(10 * HEADER_SECONDS));

    assertThat(channel.isOpen()).isTrue();
    FrozenTime.pass(channel, TimeUnit.SECONDS.toMillis(HEADER_SECONDS));
    assertRefused(channel, Refusal.BAD_PROXY_HEADER);
  }

  @Test
  void servesASilentPeerWhereTheHeaderIsOptional() {
    EmbeddedChannel channel = trusted(Mode.OPTIONAL);

    FrozenTime.pass(channel, TimeUnit.SECONDS.toMillis(HEADER_SECONDS));

    assertThat(behind.events).containsExactly("active from 192.0.2.9:4321");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void saysNothingOfAHealthCheck() {
    EmbeddedChannel channel = trusted(Mode.REQUIRED);

    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(channel.isOpen()).isFalse();
    assertThat(refused).isEmpty();
    assertThat(behind.events).isEmpty();
    assertThat(channel.finish()).isFalse();
  }

  /** Nobody behind is told anything, not even the end. */
  private void assertRefused(EmbeddedChannel channel, Refusal why) {
    assertThat(refused).containsExactly(why);
    assertThat(channel.isOpen()).isFalse();
    assertThat(behind.events).isEmpty();
    assertThat(behind.text()).isEmpty();
    assertThat(channel.finish()).isFalse();
  }
}
