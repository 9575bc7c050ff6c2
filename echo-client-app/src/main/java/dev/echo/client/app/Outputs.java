package dev.echo.client.app;

import dev.echo.load.Interval;
import dev.echo.report.Format;
import dev.echo.report.Renderer;
import dev.echo.report.Report;
import dev.echo.report.ReportStream;
import dev.echo.text.ExitStatus;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where results go, each place in its format. What cannot be written any more is left alone, so
 * that a full disk does not end a measurement; {@link #end} tells at the end. For any thread.
 */
final class Outputs implements AutoCloseable {
  private final List<Output> outputs = new ArrayList<>();
  private @Nullable Failure failure;
  private boolean forPeople;

  /** Adds standard output. */
  synchronized void add(Format format, ReplyOutput out) {
    outputs.add(new Output(format, "standard output", new Lines(out)));
    forPeople = format == Format.TEXT;
  }

  /** Whether people read on standard output what came of it. */
  synchronized boolean isForPeople() {
    return forPeople;
  }

  /**
   * Opens a file, and makes it empty.
   *
   * @throws IllegalArgumentException if it cannot be written
   */
  synchronized void add(Format format, Path file) {
    try {
      BufferedWriter writer = Files.newBufferedWriter(file);
      outputs.add(new Output(format, file.toString(), writer));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("cannot write " + file + ": no such folder", e);
    } catch (AccessDeniedException e) {
      throw new IllegalArgumentException("cannot write " + file + ": not allowed", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** A slice is over. */
  synchronized void interval(String run, Interval interval) {
    each(output -> output.stream.interval(run, interval));
  }

  /** A run is over. */
  synchronized void report(Report report) {
    each(output -> output.report(report));
  }

  /** A run is over that is a step on the way to the answer: for programs only. */
  synchronized void step(Report report) {
    each(
        output -> {
          if (output.format == Format.JSON || output.format == Format.JSONL) {
            output.report(report);
          }
        });
  }

  /** Says something to people. */
  synchronized void text(List<String> lines) {
    each(
        output -> {
          if (output.format == Format.TEXT) {
            for (String line : lines) {
              output.out.append(line).append('\n');
            }
          }
        });
  }

  /** Shows finished results, several of them side by side where the format can. */
  synchronized void all(List<Report> reports) {
    each(output -> Renderer.of(output.format).render(reports, output.out));
  }

  /**
   * Nothing more comes: writes the rest.
   *
   * @return the given status, unless something could not be written, which is said
   */
  synchronized ExitStatus end(ExitStatus status, Screen err) {
    each(output -> output.stream.finish());
    if (failure == null) {
      return status;
    }
    err.line(failure.sentence());
    return failure.status().and(status);
  }

  @Override
  public synchronized void close() {
    each(output -> output.out.close());
    outputs.clear();
  }

  private void each(Step step) {
    for (Output output : outputs) {
      if (output.isBroken) {
        continue;
      }
      try {
        step.on(output);
        output.out.flush();
      } catch (IOException e) {
        output.isBroken = true;
        if (failure == null) {
          failure = Failure.usage("cannot write " + output.name + ": " + e.getMessage());
        }
      }
    }
  }

  private interface Step {
    void on(Output output) throws IOException;
  }

  private static final class Output {
    private final Format format;
    private final String name;
    private final Writer out;
    private final ReportStream stream;
    private boolean isBroken;

    Output(Format format, String name, Writer out) {
      this.format = format;
      this.name = name;
      this.out = out;
      stream = ReportStream.of(format, out);
    }

    /** People read of each run when it is over; a comparison follows from the command. */
    void report(Report report) throws IOException {
      if (format == Format.TEXT) {
        Renderer.of(format).render(List.of(report), out);
      } else {
        stream.report(report);
      }
    }
  }

  /** Standard output, which tells of its failures itself. */
  private static final class Lines extends Writer {
    private final ReplyOutput out;

    Lines(ReplyOutput out) {
      this.out = out;
    }

    @Override
    public void write(char[] text, int offset, int length) {
      out.text(new String(text, offset, length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
