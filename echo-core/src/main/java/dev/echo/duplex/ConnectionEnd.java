package dev.echo.duplex;

import dev.echo.text.Durations;
import dev.echo.text.EscapedText;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a connection, from evidence: who ended it and how, when, and how far it had come.
 *
 * @param sign who ended it, and how
 * @param afterConnect how long after the connect
 * @param sent what this side had sent
 * @param received what had come back
 */
public record ConnectionEnd(
    EndSign sign, Duration afterConnect, Direction sent, Direction received) {
  private static final int MAX_SHOWN = 200;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /**
   * How far one direction had come.
   *
   * @param bytes of the stream, prefaces and headers included, and without what TLS and WebSocket
   *     add: taken by this side's socket, or come back. Over TLS what the socket had taken is known
   *     to a few bytes for each record; once a write has failed, it is the least that was taken
   * @param sinceLast how long before the end the last of them moved, or for what comes back the
   *     last of a handshake; empty if nothing ever did
   */
  public record Direction(long bytes, Optional<Duration> sinceLast) {
    /** Nothing has moved. */
    public static final Direction NONE = new Direction(0, Optional.empty());
  }

  /**
   * Says who ended it and how.
   *
   * @return what was seen
   */
  public EndSign.How how() {
    return sign.how();
  }

  /**
   * Says all of it.
   *
   * @return one line without a full stop, safe to print
   */
  public String sentence() {
    return isUnanswered() ? unanswered() : who() + when() + "; " + traffic();
  }

  /**
   * Says whether somebody took the connection, and ended it without a single byte, as a relay does
   * that cannot reach its own target.
   *
   * @return not after a handshake, which somebody has answered, and not if nothing was sent for a
   *     second
   */
  public boolean isUnanswered() {
    boolean isAsked = sent.bytes() > 0 || afterConnect.compareTo(AT_ONCE) < 0;
    return sign.how().side() == EndSign.Side.PEER
        && sign.how() != EndSign.How.VIOLATION
        && received.sinceLast().isEmpty()
        && isAsked;
  }

  /**
   * Says who ended it, how, and after how much silence.
   *
   * @return a line without a full stop, safe to print
   */
  public String brief() {
    return isUnanswered() ? unanswered() : who() + silence().orElseGet(this::age);
  }

  /**
   * Says who ended it and how, without when and how far.
   *
   * @return a part of a sentence, safe to print
   */
  public String who() {
    String said = EscapedText.of(sign.words(), MAX_SHOWN);
    return switch (sign.how()) {
      case CLOSED_HERE ->
          "this client closed the connection" + (said.isEmpty() ? "" : " (" + said + ")");
      case SILENCE -> "no progress for " + said;
      case FIN -> "the peer closed the connection (FIN)";
      case RESET -> "the peer reset the connection (RST)";
      case CLOSE_NOTIFY -> "the peer closed the connection (TLS close_notify)";
      case CUT_OFF ->
          "the peer closed the connection (FIN without TLS close_notify: what came may be cut off)";
      case CLOSE_FRAME ->
          "the peer closed the WebSocket ("
              + (sign.code() == 0 ? "no code" : "code " + sign.code())
              + (said.isEmpty() ? ")" : ": " + said + ")");
      case ERROR_FRAME ->
          "the peer refused (error " + sign.code() + (said.isEmpty() ? ")" : ": " + said + ")");
      case VIOLATION -> "the peer broke the protocol (" + said + ")";
      case FAILURE -> "the connection failed (" + said + ")";
    };
  }

  private String unanswered() {
    String how = sign.how() == EndSign.How.RESET ? "RST" : "FIN";
    return "something accepted the connection and ended it "
        + (afterConnect.isZero() ? "at once" : "after " + Durations.format(afterConnect))
        + " without a byte: a relay with nothing behind it? ("
        + how
        + "; "
        + count(sent.bytes())
        + " sent)";
  }

  private String when() {
    return silence().map(told -> told + ",").orElse("") + age();
  }

  private String age() {
    return after(afterConnect, "the connect");
  }

  private static String after(Duration time, String what) {
    return (time.isZero() ? " right" : " " + Durations.format(time)) + " after " + what;
  }

  /** What this client waited for is told already. */
  private Optional<String> silence() {
    return sign.how() == EndSign.How.SILENCE
        ? Optional.of("")
        : sinceLast().map(last -> after(last, "the last byte"));
  }

  /**
   * Tells for how long the connection had been silent.
   *
   * @return before the end; empty if no byte ever moved
   */
  public Optional<Duration> sinceLast() {
    if (sent.sinceLast().isEmpty() || received.sinceLast().isEmpty()) {
      return sent.sinceLast().or(received::sinceLast);
    }
    Duration one = sent.sinceLast().get();
    Duration other = received.sinceLast().get();
    return Optional.of(one.compareTo(other) < 0 ? one : other);
  }

  private String traffic() {
    return count(sent.bytes())
        + " sent, "
        + (received.bytes() == 0 ? "none" : String.format(Locale.ROOT, "%,d", received.bytes()))
        + " came back";
  }

  private static String count(long bytes) {
    return String.format(Locale.ROOT, "%,d ", bytes) + (bytes == 1 ? "byte" : "bytes");
  }
}
