package dev.echo.client;

/** Whether messages ask an aware peer for its times. Frames mode only. */
public enum Stamps {
  /** Messages carry no stamp. */
  OFF,
  /** The first frame of each message carries a stamp, 32 bytes on the wire. */
  ON
}
