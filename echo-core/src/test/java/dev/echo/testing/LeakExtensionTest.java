package dev.echo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs small test classes inside a test and looks how they end. */
class LeakExtensionTest {
  @Test
  void failsAClassThatLeaksAPooledBuffer() {
    assertLeak(Pooled.class);
    Pooled.leaked.release();
  }

  @Test
  void failsAClassThatLeaksASliceOfWhatItReleasedOnce() {
    assertLeak(Retained.class);
    Retained.leaked.release();
  }

  @Test
  void failsAClassThatLeaksACompositeBuffer() {
    assertLeak(Composite.class);
    Composite.leaked.release();
  }

  @Test
  void failsAClassWhoseNestedClassLeaks() {
    assertLeak(Outer.class);
    Outer.leaked.release();
  }

  @Test
  void passesAClassThatReleases() {
    assertThat(run(Sound.class, 10_000).getTotalFailureCount()).isZero();
  }

  @Test
  void passesAClassThatReleasesInAfterAll() {
    assertThat(run(Tidy.class, 50).getTotalFailureCount()).isZero();
  }

  @Test
  void waitsForWhatIsReleasedSoon() {
    assertThat(run(Late.class, 10_000).getTotalFailureCount()).isZero();
  }

  @Test
  void doesNotBlameTheNextClass() {
    assertLeak(Pooled.class);
    assertThat(run(Sound.class, 50).getTotalFailureCount()).isZero();
    Pooled.leaked.release();
  }

  private static void assertLeak(Class<?> type) {
    TestExecutionSummary summary = run(type, 50);
    assertThat(summary.getTestsFailedCount()).isZero();
    assertThat(summary.getContainersFailedCount()).isEqualTo(1);
    assertThat(summary.getFailures().get(0).getException())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(type.getName() + " leaves buffers unreleased");
  }

  private static TestExecutionSummary run(Class<?> type, int waitMillis) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(type))
            .configurationParameter(LeakExtension.WAIT_MILLIS, "" + waitMillis)
            .build();
    LauncherConfig config =
        LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create(config).execute(request, listener);
    assertThat(listener.getSummary().getTestsFoundCount()).isEqualTo(1);
    return listener.getSummary();
  }

  static class Pooled {
    static ByteBuf leaked = Unpooled.EMPTY_BUFFER;

    @Test
    void leaks() {
      leaked = ByteBufAllocator.DEFAULT.buffer();
    }
  }

  static class Retained {
    static ByteBuf leaked = Unpooled.EMPTY_BUFFER;

    @Test
    void leaks() {
      ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer().writeInt(1);
      leaked = buffer.readRetainedSlice(2);
      buffer.release();
    }
  }

  static class Composite {
    static ByteBuf leaked = Unpooled.EMPTY_BUFFER;

    @Test
    void leaks() {
      leaked = Unpooled.compositeBuffer().addComponent(Unpooled.directBuffer());
    }
  }

  static class Outer {
    static ByteBuf leaked = Unpooled.EMPTY_BUFFER;

    @Nested
    class Inner {
      @Test
      void leaks() {
        leaked = Unpooled.directBuffer();
      }
    }
  }

  static class Sound {
    @Test
    void releases() {
      ByteBufAllocator.DEFAULT.buffer().release();
    }
  }

  static class Tidy {
    static ByteBuf held = Unpooled.EMPTY_BUFFER;

    @BeforeAll
    static void open() {
      held = ByteBufAllocator.DEFAULT.buffer();
    }

    @Test
    void uses() {
      assertThat(held.refCnt()).isEqualTo(1);
    }

    @AfterAll
    static void close() {
      held.release();
    }
  }

  static class Late {
    @Test
    void releasesInAWhile() {
      ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer();
      CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(buffer::release);
    }
  }
}
