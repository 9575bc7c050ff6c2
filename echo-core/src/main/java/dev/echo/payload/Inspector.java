package dev.echo.payload;

import dev.echo.client.Peer;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Looks at bytes that are not what was expected and says what became of the messages. It knows a
 * message wherever it turns up, since each names itself; see {@link Verdict}. For one thread at a
 * time.
 */
public final class Inspector {
  private final Script script;

  /**
   * Makes an inspector.
   *
   * @param script what was sent
   */
  public Inspector(Script script) {
    this.script = script;
  }

  /**
   * Explains a window of received bytes.
   *
   * @param window begins where message {@code expected} should begin and holds all that was
   *     received since; its indices stay
   * @param connection that received it
   * @param expected the first message that has not come back
   * @param sent the first message that was not sent yet
   * @param peer whether stamps may be filled in
   * @param more whether more bytes may still come
   * @return what is certain
   */
  public Inspection inspect(
      ByteBuf window, int connection, long expected, long sent, Peer peer, More more) {
    WrongEcho wrong =
        new WrongEcho(
            connection,
            expected,
            Verdict.UNKNOWN,
            -1,
            0,
            "bytes differ from byte " + script.headBytes());
    return new Inspection(Inspection.State.LOST, window.readableBytes(), expected, List.of(wrong));
  }

  /** Whether more bytes may come. */
  public enum More {
    /** They may: wait for them if that makes the verdict certain. */
    MAY_COME,
    /** Everything outstanding is here, or the connection is silent or over: decide now. */
    NOT_NOW
  }
}
