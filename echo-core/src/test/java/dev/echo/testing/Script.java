package dev.echo.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * What goes into a decoder and what has to come out.
 *
 * @param input the bytes
 * @param output the messages: payload as {@link Bytes} however many pieces it comes in, an
 *     exception as {@link Failure}, the rest as it is
 */
public record Script(Bytes input, List<Object> output) {
  /**
   * An exception that has to come through {@code exceptionCaught}.
   *
   * @param type its class
   */
  public record Failure(Class<? extends Throwable> type) {}

  /**
   * Joins pieces of payload that stand side by side, and leaves out empty ones.
   *
   * @param input the bytes
   * @param output the messages
   */
  public Script {
    List<Object> merged = new ArrayList<>();
    output.forEach(message -> append(merged, message));
    output = List.copyOf(merged);
  }

  /**
   * Makes a script.
   *
   * @param input the bytes
   * @param output the messages
   * @return the script
   */
  public static Script of(Bytes input, Object... output) {
    return new Script(input, List.of(output));
  }

  /**
   * Puts another script behind this one.
   *
   * @param next what follows
   * @return both
   */
  public Script then(Script next) {
    List<Object> both = new ArrayList<>(output);
    both.addAll(next.output);
    return new Script(input.then(next.input), both);
  }

  /**
   * Repeats this script.
   *
   * @param count how often, 1 or more
   * @return all of them
   */
  public Script times(int count) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.addAll(output);
    }
    return new Script(new Bytes(input.hex().repeat(count)), all);
  }

  static void append(List<Object> messages, Object message) {
    if (!(message instanceof Bytes bytes)) {
      messages.add(message);
    } else if (!messages.isEmpty() && messages.get(messages.size() - 1) instanceof Bytes before) {
      messages.set(messages.size() - 1, before.then(bytes));
    } else if (bytes.size() > 0) {
      messages.add(bytes);
    }
  }
}
