package dev.echo.server.app;

import dev.echo.caller.Caller;
import dev.echo.duplex.SystemFailure;
import dev.echo.echo.EchoMode;
import dev.echo.metrics.EchoObserver;
import dev.echo.pipeline.EchoPipeline;
import dev.echo.text.AddressText;
import dev.echo.text.EscapedText;
import dev.echo.text.Sizes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows connections as they come, what they send, and how they go, one line each. Nothing of a peer
 * is shown unescaped, and no more lines a second than a person can bear. Thread-safe.
 */
final class ConnectionLines implements EchoObserver {
  private static final AttributeKey<Connection> CONNECTION =
      AttributeKey.valueOf(ConnectionLines.class, "connection");
  private static final int REASON_CHARACTERS = 200;
  private static final int LINES_PER_SECOND = 20;

  /** What is known of one connection; touched by its event loop alone. */
  private static final class Connection {
    final String name;
    final Preview preview;
    long receivedBytes;
    long echoedBytes;

    Connection(String name, Preview preview) {
      this.name = name;
      this.preview = preview;
    }
  }

  private final AtomicLong numbers = new AtomicLong();
  // Two, so that a flood of data does not hide who comes and goes.
  private final LineLimiter previews = new LineLimiter(LINES_PER_SECOND, System::nanoTime);
  private final LineLimiter events = new LineLimiter(LINES_PER_SECOND, System::nanoTime);
  private final LinePrinter printer;
  private final Console.Look look;
  private final EchoMode mode;

  /**
   * Makes an observer of one server.
   *
   * @param printer gets the lines
   * @param look whether they are coloured
   * @param mode how the server reads its connections
   */
  ConnectionLines(LinePrinter printer, Console.Look look, EchoMode mode) {
    this.printer = printer;
    this.look = look;
    this.mode = mode;
  }

  @Override
  public void accepted(Channel channel) {
    event(connection(channel), "connected from " + Caller.of(channel));
  }

  @Override
  public void received(Channel channel, ByteBuf content) {
    Connection connection = connection(channel);
    connection.receivedBytes += content.readableBytes();
    connection.preview.read(content);
  }

  @Override
  public void echoed(Channel channel, long bytes) {
    connection(channel).echoedBytes += bytes;
  }

  @Override
  public void datagramReceived(Channel listener, InetSocketAddress source, ByteBuf content) {
    if (!previews.pass()) {
      return;
    }
    String name = "udp " + AddressText.of(source);
    if (content.isReadable()) {
      MessagePreview preview = new MessagePreview(mode, text -> line(previews, name, text.get()));
      preview.read(content);
      preview.end();
    } else {
      line(previews, name, faint("an empty datagram"));
    }
  }

  @Override
  public void ended(Channel channel, String why) {
    event(connection(channel), "ended: " + EscapedText.of(why, REASON_CHARACTERS));
  }

  @Override
  public void failed(Channel channel, Throwable cause) {
    event(connection(channel), "failed: " + SystemFailure.words(cause));
  }

  @Override
  public void closed(Channel channel) {
    Connection connection = connection(channel);
    connection.preview.end();
    event(
        connection,
        "closed, "
            + Sizes.format(connection.receivedBytes)
            + " received, "
            + Sizes.format(connection.echoedBytes)
            + " echoed");
  }

  private Connection connection(Channel channel) {
    @Nullable Connection known = channel.attr(CONNECTION).get();
    if (known != null) {
      return known;
    }
    String name = "#" + numbers.incrementAndGet();
    Consumer<Supplier<String>> lines = text -> preview(name, text);
    boolean isWebSocket = channel.pipeline().get(EchoPipeline.MESSAGES) != null;
    Connection connection =
        new Connection(
            name,
            isWebSocket ? new WebSocketPreview(mode, lines) : new MessagePreview(mode, lines));
    channel.attr(CONNECTION).set(connection);
    return connection;
  }

  private void preview(String name, Supplier<String> text) {
    if (previews.pass()) {
      line(previews, name, text.get());
    }
  }

  private void event(Connection connection, String what) {
    if (events.pass()) {
      line(events, connection.name, faint(what));
    }
  }

  private void line(LineLimiter limiter, String name, String what) {
    long skipped = limiter.takeSkipped();
    if (skipped > 0) {
      printer.print(faint(String.format(Locale.ROOT, "(%,d lines left out)", skipped)));
    }
    printer.print(coloured("\u001b[36m", name) + " " + what);
  }

  private String faint(String text) {
    return coloured("\u001b[2m", text);
  }

  private String coloured(String code, String text) {
    return look == Console.Look.COLOUR ? code + text + "\u001b[0m" : text;
  }
}
