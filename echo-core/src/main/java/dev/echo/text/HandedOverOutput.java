package dev.echo.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes for threads that may be interrupted: each write is done by a thread of this stream, and
 * the caller waits for it, interrupted or not.
 */
final class HandedOverOutput extends OutputStream {
  private final OutputStream out;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(HandedOverOutput::thread);

  HandedOverOutput(OutputStream out) {
    this.out = out;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "echo-stream");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Future<?> written =
        writer.submit(
            () -> {
              out.write(bytes, offset, length);
              return Boolean.TRUE;
            });
    boolean interrupted = false;
    try {
      while (true) {
        try {
          written.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
