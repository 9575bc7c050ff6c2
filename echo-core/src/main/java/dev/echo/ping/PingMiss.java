package dev.echo.ping;

import java.time.Instant;

/**
 * A ping that counts as missing.
 *
 * @param flow which one, from 1
 * @param sequence of the ping in its flow, from 1
 * @param at the wall clock
 * @param reason why
 */
public record PingMiss(int flow, long sequence, Instant at, Reason reason) {
  /** Why a ping is missing. */
  public enum Reason {
    /** It was not back in time. It may still come, see {@link PingListener#late}. */
    TIMEOUT("not back in time"),
    /** Its connection was lost before it came back. */
    LOST("its connection was lost"),
    /** A host or router said that nobody is there; UDP only. */
    UNREACHABLE("refused, port unreachable"),
    /** The peer let its connection in and then turned it away, as a TLS server can. */
    TURNED_AWAY("its connection was turned away"),
    /** The system did not take it; UDP only. */
    NOT_SENT("not sent, the system refused it"),
    /** There was no connection when it was due, so it was not sent. */
    NO_CONNECTION("not sent, no connection"),
    /** So much was under way already that it was not sent. */
    HELD("not sent, too much under way"),
    /** The run was stopped, and it did not come for as long as others had taken. */
    STOPPED("not back at the end");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** What it is called in a sentence. */
    @Override
    public String toString() {
      return text;
    }
  }
}
