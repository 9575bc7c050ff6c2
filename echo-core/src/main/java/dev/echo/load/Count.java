package dev.echo.load;

/**
 * What an event loop counts, by the moment it was seen: once for the messages of the measured time,
 * and once for the slices of the warm-up.
 */
enum Count {
  // What became of the messages.

  /** Should have been sent. */
  DUE,
  /** Were. */
  SENT,
  ECHOED,
  MISSING,
  WRONG,
  /** Came in addition: the echo of no message that was to come. */
  SURPLUS,
  /** Missing ones that the client never came to. */
  UNSENT,
  HELD_BY_CAP,
  HELD_BY_SOCKET,
  HELD_BY_CONNECTION,
  PAYLOAD_BYTES,
  WIRE_BYTES,
  UNUSABLE_STAMPS,

  // What left and came back while the measured time ran.

  SENT_IN_TIME,
  ECHOED_IN_TIME,
  PAYLOAD_BYTES_IN_TIME,
  WIRE_BYTES_IN_TIME,

  // What happened to datagrams.

  LOST,
  LATE,
  DUPLICATED,
  REORDERED
}
