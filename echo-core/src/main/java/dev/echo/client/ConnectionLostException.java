package dev.echo.client;

import org.jspecify.annotations.Nullable;

/** The connection ended before everything had come back. */
@SuppressWarnings("serial") // not meant to leave the process
public final class ConnectionLostException extends EchoException {
  /** How it ended. */
  public enum Ending {
    /** The peer finished its side. */
    CLOSED("closed early"),
    /** The connection was reset. */
    RESET("reset"),
    /** TCP ended without TLS's close_notify, so what came may be cut off. */
    CUT_OFF("cut off (TCP ended without TLS close_notify)"),
    /** This side closed it, by {@link EchoClient#close()} or because something here failed. */
    CLOSED_HERE("closed by this side");

    private final String text;

    Ending(String text) {
      this.text = text;
    }

    /** What it is called in a sentence. */
    @Override
    public String toString() {
      return text;
    }
  }

  private final Ending ending;

  ConnectionLostException(Ending ending, Counts counts, @Nullable Throwable cause) {
    super("connection " + ending + ": " + counts, counts, cause);
    this.ending = ending;
  }

  /**
   * How the connection ended.
   *
   * @return closed or reset
   */
  public Ending ending() {
    return ending;
  }
}
