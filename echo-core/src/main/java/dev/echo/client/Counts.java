package dev.echo.client;

/** How far a connection has come, in messages. */
record Counts(long sent, long echoed) {
  static final Counts NONE = new Counts(0, 0);

  @Override
  public String toString() {
    return sent + " sent, " + echoed + " echoed, " + (sent - echoed) + " not echoed";
  }
}
