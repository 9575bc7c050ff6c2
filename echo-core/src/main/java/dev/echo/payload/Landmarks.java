package dev.echo.payload;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that name themselves in a window, in order. Each byte is looked at once, and only as far
 * as somebody asks, however often the window grows.
 */
final class Landmarks {
  private final List<Landmark> found = new ArrayList<>();
  private final int headBytes;
  private int scanned;

  /**
   * Makes an empty list.
   *
   * @param headBytes between the begin of a message and its name
   * @param from where to begin to look for names
   */
  Landmarks(int headBytes, int from) {
    this.headBytes = headBytes;
    this.scanned = from;
  }

  /**
   * A message, and where it begins.
   *
   * @param start negative if its first bytes are missing
   * @param id which one
   */
  record Landmark(int start, MessageId id) {}

  /** One after the other; null if there is no such so far. */
  @Nullable Landmark get(Evidence evidence, int number) {
    while (number >= found.size()) {
      if (!scan(evidence)) {
        return null;
      }
    }
    return found.get(number);
  }

  /** The message that begins at a place, or null if none is known to. */
  static @Nullable MessageId at(Evidence evidence, int place) {
    int name = place + evidence.script().headBytes();
    return name < 0
        ? null
        : evidence.script().identify(evidence.window(), evidence.window().readerIndex() + name);
  }

  /** Looks for one more. */
  private boolean scan(Evidence evidence) {
    int index = evidence.window().readerIndex();
    int last = evidence.bytes() - Ids.BYTES;
    while (scanned <= last) {
      MessageId id = evidence.script().identify(evidence.window(), index + scanned);
      if (id != null) {
        found.add(new Landmark(scanned - headBytes, id));
        scanned += Ids.BYTES;
        return true;
      }
      scanned++;
    }
    return false;
  }
}
