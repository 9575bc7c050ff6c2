package dev.echo.client.app.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.app.message.MessageSource.Split;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be read once, for several connections, each at its own pace. */
@Timeout(60)
class SupplyTest {
  private final Semaphore wakeups = new Semaphore(0);

  /** So that a feed that is behind can be asked again. */
  private Supply supply = new Supply(new MessagePlan(List.of(), 1));

  @AfterEach
  void end() {
    supply.end();
  }

  @Test
  void everyConnectionGetsEverything() throws Exception {
    Feed one = feed(new ByteArrayInputStream(bytes("a\nbc\n\nd")), Split.LINES);
    Feed other = supply.feed(wakeups::release);

    assertThat(text(one)).isEqualTo("[a\n][bc\n][\n][d]");
    assertThat(text(other)).isEqualTo("[a\n][bc\n][\n][d]");
  }

  @Test
  void emptyInputIsOneEmptyMessageOrNoLine() throws Exception {
    assertThat(text(feed(InputStream.nullInputStream(), Split.WHOLE))).isEqualTo("[]");
    assertThat(text(feed(InputStream.nullInputStream(), Split.LINES))).isEmpty();
  }

  @Test
  void connectionThatHasEndedKeepsNothing() throws Exception {
    Feed one = feed(new ByteArrayInputStream(bytes("a\nb\n")), Split.LINES);
    Feed other = supply.feed(wakeups::release);
    look(other);

    other.close();

    assertThat(text(one)).isEqualTo("[a\n][b\n]");
    assertThat(other.look()).isEqualTo(Feed.Next.END);
  }

  @Test
  void failureToReadReachesEveryConnection() throws Exception {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] into, int from, int count) throws IOException {
            return read();
          }
        };
    Feed one = feed(broken, Split.LINES);
    Feed other = supply.feed(wakeups::release);

    for (Feed feed : List.of(one, other)) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> look(feed))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot read standard input: gone");
    }
  }

  /**
   * The one in front comes to the end of what may be kept, and is told that this is not its doing.
   */
  @Test
  void connectionFarBehindHoldsUpTheOthersWhoAreToldSo() throws Exception {
    Feed front = feed(new Endless(), Split.WHOLE);
    Feed behind = supply.feed(wakeups::release);
    look(front);
    Pieces pieces = front.take().open();

    while (!front.wasHeldUp()) {
      if (front.isPieceReady()) {
        release(pieces.next());
      }
    }

    assertThat(front.isPieceReady()).isFalse();
    assertThat(behind.wasHeldUp()).isFalse();
    behind.close();
    awaitPiece(front);
    release(pieces.next());
    front.close();
  }

  private Feed feed(InputStream in, Split split) {
    supply = new Supply(new MessagePlan(List.of(MessageSource.standardInput(in, split)), 1));
    return supply.feed(wakeups::release);
  }

  private Feed.Next look(Feed feed) throws IOException, InterruptedException {
    Feed.Next next = feed.look();
    while (next == Feed.Next.LATER) {
      wakeups.acquire();
      next = feed.look();
    }
    return next;
  }

  private void awaitPiece(Feed feed) throws InterruptedException {
    while (!feed.isPieceReady()) {
      wakeups.acquire();
    }
  }

  private String text(Feed feed) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    while (look(feed) == Feed.Next.MESSAGE) {
      text.append('[');
      try (Pieces pieces = feed.take().open()) {
        awaitPiece(feed);
        for (ByteBuf piece = pieces.next(); piece != null; piece = pieces.next()) {
          text.append(piece.toString(StandardCharsets.UTF_8));
          piece.release();
          awaitPiece(feed);
        }
      }
      text.append(']');
    }
    feed.close();
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void release(@org.jspecify.annotations.Nullable ByteBuf piece) {
    assertThat(piece).isNotNull();
    piece.release();
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return length;
    }
  }
}
