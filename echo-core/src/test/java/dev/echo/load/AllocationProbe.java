package dev.echo.load;

import com.sun.management.ThreadMXBean;
import dev.echo.client.ClientMode;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a load in a process of its own, since the tests' leak detection allocates for each buffer,
 * and prints how many bytes the event loop of the load allocated for each message once it was warm:
 * those of the second in which they were fewest, since what a message allocates is in each second,
 * and a histogram that grows at a longer time is not.
 */
final class AllocationProbe {
  private record Sample(long allocatedBytes, long echoed) {}

  private AllocationProbe() {}

  public static void main(String[] args) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    EchoServer server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .join();
    List<Sample> samples = new ArrayList<>();
    LoadListener listener =
        new LoadListener() {
          private long echoed;

          @Override
          public void interval(Interval interval) {
            echoed += interval.echoed();
            samples.add(new Sample(threads.getThreadAllocatedBytes(loopThread()), echoed));
          }
        };
    LoadPlan plan =
        LoadPlan.builder(server.endpoints().get(0))
            .pace(args[0].equals("max") ? Pace.MAX : Pace.perSecond(Double.parseDouble(args[0])))
            .mode(ClientMode.valueOf(args[1]))
            .connections(8)
            .warmup(Duration.ofSeconds(1))
            .amount(new Amount.Time(Duration.ofSeconds(4)))
            .loops(1)
            .build();
    LoadResult result = LoadRun.start(plan, listener).result().toCompletableFuture().join();
    double fewest = Double.MAX_VALUE;
    for (int i = 2; i < 4; i++) {
      fewest = Math.min(fewest, bytesPerMessage(samples.get(i), samples.get(i + 1)));
    }
    System.out.println(
        "bytes/message "
            + fewest
            + " messages "
            + (samples.get(4).echoed - samples.get(2).echoed)
            + " wrong "
            + result.counts().wrong());
    server.close().toCompletableFuture().join();
  }

  private static double bytesPerMessage(Sample first, Sample last) {
    return (last.allocatedBytes - first.allocatedBytes) / (double) (last.echoed - first.echoed);
  }

  private static long loopThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("echo-load-\\d+-\\d+"))
        .mapToLong(Thread::getId)
        .findFirst()
        .orElseThrow();
  }
}
