package dev.echo.duplex;

/**
 * Written and flushed behind everything else, it finishes this side: the peer gets all that was
 * written before, then the end. The write completes when this side is finished; on a path that
 * cannot end one direction alone, when the connection is closed.
 */
public final class EndOfOutput {
  /** The one that there is. */
  public static final EndOfOutput INSTANCE = new EndOfOutput();

  private EndOfOutput() {}

  @Override
  public String toString() {
    return "end of output";
  }
}
