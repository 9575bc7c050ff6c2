import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * How late anything can be on this machine: a thread that does nothing but wait for due times,
 * sleeping until 200 ms before each. {@code SpinLoop RATE SECONDS}; prints the 99th
 * percentile of its lateness in nanoseconds.
 */
final class SpinLoop {
  public static void main(String[] args) {
    int rate = Integer.parseInt(args[0]);
    long[] late = new long[rate * Integer.parseInt(args[1])];
    run(100_000, new long[100_000]); // For the compiler.
    run(rate, late);
    Arrays.sort(late);
    System.out.println(late[(int) (late.length * 0.99)]);
  }

  private static void run(int rate, long[] late) {
    long begun = System.nanoTime();
    for (int i = 0; i < late.length; i++) {
      long due = begun + (long) (i * 1e9 / rate);
      long sleep = due - 200_000_000 - System.nanoTime();
      if (sleep > 0) {
        LockSupport.parkNanos(sleep);
      }
      long now = System.nanoTime();
      while (now < due) {
        now = System.nanoTime();
      }
      late[i] = now - due;
    }
  }
}
