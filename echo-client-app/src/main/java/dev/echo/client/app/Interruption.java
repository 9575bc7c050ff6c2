package dev.echo.client.app;

import dev.echo.text.ExitStatus;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * SIGINT, SIGTERM and SIGHUP: the first one asks the run to end and to print what it has, the
 * second one ends the process at once, as does the first one before there is a run, while a pipe
 * with a name is opened, say: no other end may ever come. SIGUSR1 asks how far it is.
 */
final class Interruption {
  /** A second signal within it came with the first: timeout(1) sends one to the group, too. */
  private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final long UNASKED = Long.MIN_VALUE;

  private final CompletableFuture<ExitStatus> requested = new CompletableFuture<>();
  private final AtomicLong firstNanos = new AtomicLong(UNASKED);
  private final IntConsumer halt;
  private volatile boolean hasRun;
  private volatile Runnable answer = () -> {};
  private volatile Runnable lastAct = () -> {};

  /** One that is asked for by calls only. */
  Interruption() {
    this(Runtime.getRuntime()::halt);
  }

  /** With something else that ends the process. */
  Interruption(IntConsumer halt) {
    this.halt = halt;
  }

  /** Listens to the signals of this process, where there are such. */
  static Interruption ofProcess() {
    Interruption interruption = new Interruption();
    interruption.listen("INT", () -> interruption.signalled(ExitStatus.INTERRUPTED));
    interruption.listen("TERM", () -> interruption.signalled(ExitStatus.TERMINATED));
    interruption.listen("HUP", () -> interruption.signalled(ExitStatus.TERMINATED));
    interruption.listen("USR1", interruption::ask);
    return interruption;
  }

  /** Completes with the status that says which signal came; who asks for it is a run, and ends. */
  CompletableFuture<ExitStatus> requested() {
    hasRun = true;
    return requested;
  }

  /** Says what tells how far the run is, from any thread; until then nothing does. */
  void onQuestion(Runnable answer) {
    this.answer = answer;
  }

  /** Says what is to be done before the process ends at once: quickly, without locks. */
  void beforeHalt(Runnable lastAct) {
    this.lastAct = lastAct;
  }

  void ask() {
    answer.run();
  }

  /** A signal came. */
  void signalled(ExitStatus status) {
    if (hasRun) {
      request(status);
    } else {
      end(status);
    }
  }

  void request(ExitStatus status) {
    long now = System.nanoTime();
    if (firstNanos.compareAndSet(UNASKED, now)) {
      requested.complete(status);
    } else if (now - firstNanos.get() > SAME_NANOS) {
      end(status);
    }
  }

  private void end(ExitStatus status) {
    lastAct.run();
    halt.accept(status.code());
  }

  /** By reflection: javac warns of the class by name, and no option silences that. */
  private void listen(String name, Runnable act) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> called(self, method, arguments, act));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Such a system, or such a virtual machine (-Xrs), keeps its own way of ending.
    }
  }

  private static Object called(Object self, Method method, Object[] arguments, Runnable act) {
    return switch (method.getName()) {
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      case "toString" -> "Interruption";
      default -> {
        act.run();
        yield act;
      }
    };
  }
}
