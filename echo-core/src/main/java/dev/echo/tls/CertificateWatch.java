package dev.echo.tls;

import dev.echo.duplex.SystemFailure;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.ref.WeakReference;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files of all {@link ReloadingContext}s that are in use, five times a second, on one
 * daemon thread. It holds none of them: one that nobody uses any more is forgotten, and without any
 * the thread ends.
 */
final class CertificateWatch implements Runnable {
  private static final Logger logger = LoggerFactory.getLogger(CertificateWatch.class);

  /** Two looks until a new certificate is served: well below a second. */
  private static final long INTERVAL_MILLIS = 200;

  private static final ScheduledThreadPoolExecutor EXECUTOR = executor();

  private final WeakReference<ReloadingContext> watched;
  private @Nullable ScheduledFuture<?> schedule;

  private CertificateWatch(ReloadingContext watched) {
    this.watched = new WeakReference<>(watched);
  }

  static void begin(ReloadingContext context) {
    CertificateWatch watch = new CertificateWatch(context);
    synchronized (watch) {
      watch.schedule =
          EXECUTOR.scheduleWithFixedDelay(
              watch, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // An exception would end the looking for good.
  public synchronized void run() {
    ReloadingContext context = watched.get();
    if (context == null) {
      if (schedule != null) {
        schedule.cancel(false);
      }
      return;
    }
    try {
      context.look();
    } catch (RuntimeException e) {
      logger.warn("cannot look for a new certificate: {}", SystemFailure.words(e));
    }
  }

  private static ScheduledThreadPoolExecutor executor() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("echo-certificates", true));
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
