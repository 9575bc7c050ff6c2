package dev.echo.server.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Collects the signals that ask a process to end, instead of ending, and the one that asks how it
 * is. A shutdown hook could neither choose the exit status nor see a second signal. Signals that
 * were ignored when the process started, as SIGHUP is under nohup, stay ignored. The JDK's only
 * class for this makes the compiler warn whatever is suppressed, so it is called by reflection.
 */
final class Signals {
  /**
   * A signal that asks for the end, or a question.
   *
   * @param name such as {@code TERM}
   * @param number as the system counts
   */
  record Received(String name, int number) {
    /** The exit status of a process that ends by this signal, as shells count. */
    int exitStatus() {
      return 128 + number;
    }

    /** Whether it only asks how the process is. */
    boolean isQuestion() {
      return name.equals(QUESTION);
    }
  }

  private static final String QUESTION = "USR1";

  private static final String[] NAMES = {"TERM", "INT", "HUP", QUESTION};

  private Signals() {}

  /** Collects from now on; where the JDK does not let us, signals do what they always did. */
  static BlockingQueue<Received> collect() {
    BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    for (String name : NAMES) {
      try {
        handle(name, received);
      } catch (ReflectiveOperationException | RuntimeException ignored) {
        // Not a signal of this system, or one that the JVM was told to leave alone (-Xrs).
      }
    }
    return received;
  }

  private static void handle(String name, BlockingQueue<Received> received)
      throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    // Made now, since nothing can be loaded any more from a jar that was replaced meanwhile.
    Received asked = new Received(name, (int) signalType.getMethod("getNumber").invoke(signal));
    InvocationHandler collect =
        (proxy, method, args) ->
            switch (method.getName()) {
              case "handle" -> {
                received.add(asked);
                yield null;
              }
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" -> args[0] == proxy;
              default -> "collects " + name;
            };
    Object handler =
        Proxy.newProxyInstance(
            Signals.class.getClassLoader(), new Class<?>[] {handlerType}, collect);
    signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
  }
}
