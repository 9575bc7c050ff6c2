package dev.echo.frame;

/**
 * How far the frames of one connection have come, for whoever watches that they go on. Read on the
 * connection's event loop only.
 */
public interface FrameProgress {
  /** Stream mode: there are no frames, so none can be late. */
  FrameProgress NONE =
      new FrameProgress() {
        @Override
        public boolean isInsideFrame() {
          return false;
        }

        @Override
        public long steps() {
          return 0;
        }
      };

  /** The payload bytes that count as one step of a large frame. */
  int STEP_BYTES = 64 * 1024;

  /**
   * Says whether a frame has begun, by as little as one byte of its header, and has not ended.
   *
   * @return true inside a frame
   */
  boolean isInsideFrame();

  /**
   * Counts steps: a header and its stamp made whole, {@value #STEP_BYTES} bytes of payload, the end
   * of a frame. A peer that sends a frame byte by byte makes none for as long as that takes.
   *
   * @return a number that only grows
   */
  long steps();

  /**
   * Says whether no frame can come any more on this connection, so that nobody has to keep this.
   *
   * @return true once the connection turned out to be a stream
   */
  default boolean isOver() {
    return false;
  }
}
