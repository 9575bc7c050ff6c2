package dev.echo.client;

import dev.echo.verify.Finding;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A datagram's echo did not come, or is not what was sent. */
@SuppressWarnings("serial") // not meant to leave the process
public final class DatagramException extends EchoException {
  /** What happened. */
  public enum Kind {
    /** The echo did not come within the timeout. */
    LOST,
    /** The datagram could not be sent. */
    NOT_SENT,
    /** Something else came. */
    WRONG
  }

  private final Kind kind;

  /** Of one that is lost, its number from 1; else 0. */
  private long message;

  private volatile @Nullable Finding finding;

  DatagramException(Kind kind, String sentence, Counts counts, @Nullable Throwable cause) {
    super(sentence, counts, cause);
    this.kind = kind;
  }

  /** One that is wrong. */
  DatagramException(Finding finding, String sentence, Counts counts) {
    this(Kind.WRONG, sentence, counts, null);
    this.finding = finding;
  }

  /** One whose echo did not come within the timeout. */
  static DatagramException lost(long message, Counts counts) {
    DatagramException lost =
        new DatagramException(Kind.LOST, name(message) + " did not come back", counts, null);
    lost.message = message;
    return lost;
  }

  /** It came after all. */
  void cameLate(Duration after) {
    finding = Finding.late(after);
  }

  /** What happened, also if it came late. */
  @Override
  public String getMessage() {
    Finding late = finding;
    return message == 0 || late == null
        ? String.valueOf(super.getMessage())
        : late.sentence(name(message));
  }

  private static String name(long message) {
    return "message " + message;
  }

  /**
   * What became of it.
   *
   * @return of one that is lost only if it came late, which may be known later than that it is lost
   */
  @Override
  public Optional<Finding> finding() {
    return Optional.ofNullable(finding);
  }

  /**
   * What happened.
   *
   * @return also says which status it makes
   */
  public Kind kind() {
    return kind;
  }
}
