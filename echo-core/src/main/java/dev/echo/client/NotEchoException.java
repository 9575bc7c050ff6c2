package dev.echo.client;

import dev.echo.text.EscapedText;
import dev.echo.text.PeerGreeting;
import dev.echo.verify.Finding;
import java.util.Optional;

/** The first thing that came back resembles nothing that was sent: the peer is no echo. */
@SuppressWarnings("serial") // not meant to leave the process
public final class NotEchoException extends EchoException {
  /** The most bytes of the answer that are kept. */
  public static final int FIRST_BYTES = 64;

  /** All of them, each written out. */
  private static final int MAX_SHOWN = FIRST_BYTES * "\\x00".length();

  private final byte[] firstBytes;

  NotEchoException(byte[] firstBytes, Counts counts) {
    super("not an echo: " + answered(firstBytes), counts, null);
    this.firstBytes = firstBytes;
  }

  private static String answered(byte[] firstBytes) {
    return PeerGreeting.named(firstBytes, EscapedText.of(firstBytes, MAX_SHOWN));
  }

  /**
   * What the peer answered, and who answers so if that is known.
   *
   * @return such as {@code answered SSH-2.0-x (an SSH server)}, safe to print
   */
  public String answered() {
    return answered(firstBytes);
  }

  @Override
  public Optional<Finding> finding() {
    return Optional.of(Finding.notEcho("answered " + answered()));
  }

  /**
   * What to do about it.
   *
   * @return one line that is safe to print; empty if nobody knows
   */
  public String advice() {
    return PeerGreeting.of(firstBytes).map(PeerGreeting::advice).orElse("");
  }

  /**
   * What the peer answered, raw: escape it before printing.
   *
   * @return 1 to {@value #FIRST_BYTES} bytes, a copy
   */
  public byte[] firstBytes() {
    return firstBytes.clone();
  }
}
