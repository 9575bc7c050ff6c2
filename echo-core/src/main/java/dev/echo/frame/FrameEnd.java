package dev.echo.frame;

/** The end of a frame: what {@link FrameDecoder} emits behind the last byte of the payload. */
public enum FrameEnd {
  /** The only one; it carries nothing. */
  INSTANCE
}
