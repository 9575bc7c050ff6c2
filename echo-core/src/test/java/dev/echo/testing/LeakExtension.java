package dev.echo.testing;

import io.netty.util.LeakPresenceDetector.ResourceScope;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class that leaves a buffer unreleased. It registers itself for every test class (see
 * {@code META-INF/services}) and looks last of all, behind each {@code @AfterAll}; what event loops
 * release on their way out is waited for.
 *
 * <p>Nested classes count with the class around them. Classes must not run in parallel. To see
 * where the buffers were made, run with {@code
 * -Dio.netty.util.LeakPresenceDetector.trackCreationStack=true}.
 */
public final class LeakExtension implements BeforeAllCallback, AfterAllCallback {
  /** The configuration parameter for how long to wait, in milliseconds. */
  static final String WAIT_MILLIS = "dev.echo.testing.leak.waitMillis";

  private static final String DETECTOR = "io.netty.customResourceLeakDetector";
  private static final String STACKS = "io.netty.util.LeakPresenceDetector.trackCreationStack";
  private static final Namespace NAMESPACE = Namespace.create(LeakExtension.class);
  private static final long DEFAULT_WAIT_MILLIS = 5_000;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  static {
    // For a run outside of the build. It counts only if Netty has made no detector yet.
    if (System.getProperty(DETECTOR) == null) {
      System.setProperty(DETECTOR, ScopedLeakDetector.class.getName());
    }
  }

  private record Scopes(ResourceScope outer, ResourceScope own) {}

  /** Makes the extension; called by JUnit. */
  public LeakExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isNested(context)) {
      return;
    }
    Object detector = ResourceLeakDetectorFactory.instance().newResourceLeakDetector(Object.class);
    if (!(detector instanceof ScopedLeakDetector)) {
      throw new IllegalStateException(
          "no leak would be seen: run with -D"
              + DETECTOR
              + "="
              + ScopedLeakDetector.class.getName());
    }
    ResourceScope own = new ResourceScope(context.getRequiredTestClass().getName());
    Scopes scopes = new Scopes(ScopedLeakDetector.enter(own), own);
    context.getStore(NAMESPACE).put(Scopes.class, scopes);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Scopes scopes = context.getStore(NAMESPACE).remove(Scopes.class, Scopes.class);
    if (scopes == null) {
      return;
    }
    boolean isLeaking = isHeldAfter(scopes.own(), waitMillis(context));
    ScopedLeakDetector.enter(scopes.outer());
    if (isLeaking) {
      throw leak(context, scopes.own());
    }
  }

  private static boolean isNested(ExtensionContext context) {
    return context.getRequiredTestClass().isAnnotationPresent(Nested.class);
  }

  private static long waitMillis(ExtensionContext context) {
    return context
        .getConfigurationParameter(WAIT_MILLIS, Long::valueOf)
        .orElse(DEFAULT_WAIT_MILLIS);
  }

  private static boolean isHeldAfter(ResourceScope scope, long waitMillis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
    while (scope.hasOpenResources()) {
      if (System.nanoTime() - deadline > 0) {
        return true;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return false;
  }

  private static AssertionError leak(ExtensionContext context, ResourceScope scope) {
    AssertionError leak =
        new AssertionError(
            context.getRequiredTestClass().getName()
                + " leaves buffers unreleased; -D"
                + STACKS
                + "=true shows where they were made");
    if (Boolean.getBoolean(STACKS)) {
      try {
        scope.close();
      } catch (IllegalStateException e) {
        leak.initCause(e);
      }
    }
    return leak;
  }
}
