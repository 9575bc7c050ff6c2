package dev.echo.load;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Makes the threads of the event loops of one run, and waits until they have ended. */
final class LoopThreads implements ThreadFactory {
  private final ThreadFactory factory = new DefaultThreadFactory("echo-load", true);
  private final List<Thread> made = new CopyOnWriteArrayList<>();

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = factory.newThread(task);
    made.add(thread);
    return thread;
  }

  /** Waits for each at most so long, as one that waits for the name service cannot be ended. */
  void join(long seconds) throws InterruptedException {
    for (Thread thread : made) {
      TimeUnit.SECONDS.timedJoin(thread, seconds);
    }
  }
}
