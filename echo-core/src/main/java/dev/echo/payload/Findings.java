package dev.echo.payload;

import dev.echo.verify.Finding;

/** Findings on messages that are known by their numbers. */
final class Findings {
  private Findings() {}

  static WrongEcho shifted(MessageId id, long offset, long by) {
    return of(id, Finding.shifted(offset, by));
  }

  static WrongEcho truncated(MessageId id, long offset, long missing) {
    return of(id, Finding.truncated(offset, missing));
  }

  static WrongEcho duplicated(MessageId id) {
    return of(id, Finding.duplicated());
  }

  static WrongEcho swapped(MessageId id, long other) {
    return of(id, Finding.swapped(other + 1));
  }

  static WrongEcho dropped(MessageId id) {
    return of(id, Finding.dropped());
  }

  static WrongEcho foreign(MessageId id, int other) {
    return of(id, Finding.foreign(other));
  }

  static WrongEcho framingLost(MessageId id, long offset) {
    return of(id, Finding.framingLost("header", offset));
  }

  static WrongEcho surplus(MessageId next, long bytes) {
    Finding found = Finding.surplus(bytes);
    return wrong(next, found, found.words() + " on connection " + next.connection());
  }

  static WrongEcho unknown(MessageId id, long offset) {
    return of(id, Finding.unknown(offset));
  }

  static WrongEcho of(MessageId id, Finding found) {
    String name = "message " + (id.sequence() + 1) + " of connection " + id.connection();
    return wrong(id, found, found.sentence(name));
  }

  private static WrongEcho wrong(MessageId id, Finding found, String sentence) {
    return new WrongEcho(
        id.connection(), id.sequence(), found.verdict(), found.offset(), found.amount(), sentence);
  }
}
