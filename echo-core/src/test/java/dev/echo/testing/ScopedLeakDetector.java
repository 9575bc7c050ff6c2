package dev.echo.testing;

import io.netty.util.LeakPresenceDetector;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts every buffer that is made and not released, scope by scope. Tests get it by {@code
 * -Dio.netty.customResourceLeakDetector}; {@link LeakExtension} opens a scope for each test class.
 *
 * <p>A scope can be asked as often as one likes, which the global one of its parent cannot: that
 * one forgets its count when it is asked.
 *
 * @param <T> the resource type
 */
public final class ScopedLeakDetector<T> extends LeakPresenceDetector<T> {
  private static final AtomicReference<ResourceScope> CURRENT =
      new AtomicReference<>(new ResourceScope("outside of test classes"));

  /**
   * Makes a detector; called by Netty.
   *
   * @param resourceType what it counts
   */
  public ScopedLeakDetector(Class<?> resourceType) {
    super(resourceType);
  }

  /**
   * Makes a detector; called by Netty.
   *
   * @param resourceType what it counts
   * @param samplingInterval ignored: every resource counts
   */
  public ScopedLeakDetector(Class<?> resourceType, int samplingInterval) {
    super(resourceType);
  }

  /**
   * Makes a detector; called by Netty.
   *
   * @param resourceType what it counts
   * @param samplingInterval ignored: every resource counts
   * @param maxActive ignored
   */
  public ScopedLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
    super(resourceType);
  }

  /** Counts what is made from now on in another scope, and returns the one before. */
  static ResourceScope enter(ResourceScope scope) {
    return CURRENT.getAndSet(scope);
  }

  @Override
  protected ResourceScope currentScope() {
    return CURRENT.get();
  }
}
