package dev.echo.load;

/** What an event loop counts, by the moment it was seen. */
enum Count {
  // What became of the messages of the measured time.

  /** Should have been sent. */
  DUE,
  /** Were. */
  SENT,
  ECHOED,
  MISSING,
  WRONG,
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

  // Whether it is measured or not.

  ALL_SENT,
  ALL_ECHOED,
  ALL_WRONG,
  LOST,
  LATE,
  DUPLICATED,
  REORDERED
}
