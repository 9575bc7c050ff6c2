package dev.echo.client.app;

/** Tells what happens. For one thread at a time. */
interface Report {
  /** Something to know that is no result. */
  void note(String sentence);

  /** A message came back, or its connection failed before it did. */
  void message(Echo echo);

  /** A failure, told once however many messages it concerns. */
  void failure(Failure failure);

  /** All that is to be told has been told. */
  void summary(Tally.Summary summary);
}
