package dev.echo.client;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.text.EscapedText;

/** An aware peer said in an ERROR frame why it goes no further. */
@SuppressWarnings("serial") // not meant to leave the process
public final class RefusedException extends EchoException {
  private static final int MAX_SHOWN = 500;

  private final FrameError error;

  RefusedException(FrameError error, Counts counts) {
    super(text(error) + " (" + counts + ")", counts, null);
    this.error = error;
  }

  /**
   * What the peer said, raw: escape its sentence before printing.
   *
   * @return the code and the sentence
   */
  public FrameError error() {
    return error;
  }

  private static String text(FrameError error) {
    ErrorCode code = ErrorCode.of(error.code());
    String name =
        code == null ? "" : " " + code.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    return "refused by the peer, error "
        + error.code()
        + name
        + (error.sentence().isEmpty() ? "" : ": " + EscapedText.of(error.sentence(), MAX_SHOWN));
  }
}
