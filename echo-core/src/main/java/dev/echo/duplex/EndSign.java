package dev.echo.duplex;

import dev.echo.text.Durations;
import java.time.Duration;
import java.util.Locale;

/**
 * Who ended a connection, and how. Stages between the socket and the echo fire it inward as an
 * event, directly before Netty's {@code ChannelInputShutdownEvent}, when they know more of the end
 * than that it came.
 *
 * @param how what was seen
 * @param code of a close frame or an ERROR frame; 0 if there was none
 * @param words the peer's own sentence, raw, or what is known of a failure; empty if there is none
 */
public record EndSign(How how, int code, String words) {
  /** What was seen of the end. */
  public enum How {
    /** This client closed the connection. */
    CLOSED_HERE(Side.CLIENT),
    /** This client gave up: no byte moved for as long as was allowed. */
    SILENCE(Side.CLIENT),
    /** The peer finished TCP. */
    FIN(Side.PEER),
    /** The peer reset TCP. */
    RESET(Side.PEER),
    /** The peer finished TLS. */
    CLOSE_NOTIFY(Side.PEER),
    /** The peer finished TCP without finishing TLS: what came may be cut off. */
    CUT_OFF(Side.PEER),
    /** The peer sent a WebSocket's close frame. */
    CLOSE_FRAME(Side.PEER),
    /** The peer sent an ERROR frame. */
    ERROR_FRAME(Side.PEER),
    /** The peer broke the rules of the protocol that carries the echo, so it was ended here. */
    VIOLATION(Side.PEER),
    /** The system or a stage gave up the connection. */
    FAILURE(Side.NETWORK);

    private final Side side;

    How(Side side) {
      this.side = side;
    }

    /**
     * Says who ended it.
     *
     * @return the side
     */
    public Side side() {
      return side;
    }

    /**
     * Names it for programs.
     *
     * @return lower case with hyphens, as in JSON
     */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Who ended a connection. */
  public enum Side {
    /** This program. */
    CLIENT,
    /** Who answers there, or something in between that speaks for it. */
    PEER,
    /** Nobody in particular. */
    NETWORK
  }

  /**
   * Says whether it says more of the end than what the channel shows, which follows from it.
   *
   * @return true if it counts, whatever else was seen
   */
  boolean isCause() {
    return how == How.ERROR_FRAME || how == How.VIOLATION;
  }

  /** The peer finished TCP. */
  public static final EndSign FIN = new EndSign(How.FIN, 0, "");

  /** The peer reset TCP. */
  public static final EndSign RESET = new EndSign(How.RESET, 0, "");

  /** The peer finished TLS. */
  public static final EndSign CLOSE_NOTIFY = new EndSign(How.CLOSE_NOTIFY, 0, "");

  /** The peer finished TCP without finishing TLS. */
  public static final EndSign CUT_OFF = new EndSign(How.CUT_OFF, 0, "");

  /** This client closed the connection. */
  public static final EndSign CLOSED_HERE = new EndSign(How.CLOSED_HERE, 0, "");

  /**
   * The peer sent a close frame.
   *
   * @param code as it came; 0 for none
   * @param reason as it came
   * @return the sign
   */
  public static EndSign closeFrame(int code, String reason) {
    return new EndSign(How.CLOSE_FRAME, code, reason);
  }

  /**
   * The peer sent an ERROR frame.
   *
   * @param code as it came
   * @param sentence as it came
   * @return the sign
   */
  public static EndSign error(int code, String sentence) {
    return new EndSign(How.ERROR_FRAME, code, sentence);
  }

  /**
   * The peer broke the rules of the protocol that carries the echo.
   *
   * @param what it did, safe to print
   * @return the sign
   */
  public static EndSign violation(String what) {
    return new EndSign(How.VIOLATION, 0, what);
  }

  /**
   * This client gave up.
   *
   * @param timeout for how long nothing moved
   * @return the sign
   */
  public static EndSign silence(Duration timeout) {
    return new EndSign(How.SILENCE, 0, Durations.format(timeout));
  }

  /**
   * This client closed the connection, since something here has failed.
   *
   * @param cause what was thrown
   * @return the sign
   */
  public static EndSign closedHere(Throwable cause) {
    return new EndSign(How.CLOSED_HERE, 0, SystemFailure.words(cause));
  }

  /**
   * Reads what a failure of the connection says.
   *
   * @param cause what was thrown
   * @return a reset for what the system calls one, else the failure in words
   */
  public static EndSign of(Throwable cause) {
    return SystemFailure.of(cause) == SystemFailure.ECONNRESET
        ? RESET
        : new EndSign(How.FAILURE, 0, SystemFailure.words(cause));
  }
}
