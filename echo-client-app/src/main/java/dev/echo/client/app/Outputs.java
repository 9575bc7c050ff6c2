package dev.echo.client.app;

import dev.echo.load.Ending;
import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import dev.echo.report.Format;
import dev.echo.report.Renderer;
import dev.echo.report.Report;
import dev.echo.report.ReportStream;
import dev.echo.text.ExitStatus;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where results go, each place in its format. What cannot be written any more is left alone, so
 * that a full disk does not end a measurement; {@link #end} tells at the end. For any thread.
 */
final class Outputs implements AutoCloseable {
  private final List<Output> outputs = new CopyOnWriteArrayList<>();
  private @Nullable Failure failure;
  private boolean forPeople;
  private boolean measured;

  /** Adds standard output. */
  synchronized void add(Format format, ReplyOutput out) {
    outputs.add(new Output(format, new Lines(out), null));
    forPeople |= format == Format.TEXT;
  }

  /** Whether people read on standard output what came of it. */
  synchronized boolean isForPeople() {
    return forPeople;
  }

  /**
   * Opens a file, whose earlier content stays until {@link #end}.
   *
   * @param name as the user wrote it
   * @throws IllegalArgumentException if it cannot be written
   */
  synchronized void add(Format format, String name, Path path) {
    try {
      OutputFile file = OutputFile.open(name, path);
      outputs.add(new Output(format, file.writer(), file));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** A slice is over. */
  synchronized void interval(String run, Interval interval) {
    each(output -> output.stream.interval(run, interval));
  }

  /** A run is over. */
  synchronized void report(Report report) {
    measured |= isMeasured(report.result());
    each(output -> output.report(report));
  }

  /** A run is over that is a step on the way to the answer: for programs only. */
  synchronized void step(Report report) {
    measured |= isMeasured(report.result());
    each(
        output -> {
          if (output.format == Format.JSON || output.format == Format.JSONL) {
            output.report(report);
          }
        });
  }

  private static boolean isMeasured(LoadResult result) {
    return result.ending() != Ending.UNREACHABLE && result.counts().sent() > 0;
  }

  /** Says something to people. */
  synchronized void text(List<String> lines) {
    each(
        output -> {
          if (output.format == Format.TEXT) {
            for (String line : lines) {
              output.out.append(line).append('\n');
            }
            output.hasContent = true;
          }
        });
  }

  /** Shows finished results, several of them side by side where the format can. */
  synchronized void all(List<Report> reports) {
    measured = true;
    each(
        output -> {
          Renderer.of(output.format).render(reports, output.out);
          output.hasContent = true;
        });
  }

  /**
   * Nothing more comes: writes the rest, and puts the files in their places. One that holds
   * something stays as it is if nothing was measured.
   *
   * @return the given status, unless something could not be written, which is said
   */
  synchronized ExitStatus end(ExitStatus status, Screen err) {
    each(output -> output.stream.finish());
    for (Output output : outputs) {
      put(output, err);
    }
    if (failure == null) {
      return status;
    }
    err.line(failure.sentence());
    return failure.status().and(status);
  }

  /** Leaves no file behind that nobody asked for. Neither waits nor fails. */
  void abandon() {
    outputs.stream()
        .map(output -> output.file)
        .flatMap(Stream::ofNullable)
        .forEach(OutputFile::abandon);
  }

  private void put(Output output, Screen err) {
    OutputFile file = output.file;
    if (file == null || output.isBroken || !output.hasContent) {
      return;
    }
    if (file.replacesAnother() && !measured) {
      err.line(file.name() + ": left as it was, since nothing was measured");
      return;
    }
    try {
      file.keep();
    } catch (IOException e) {
      fail(output, e);
    }
  }

  @Override
  public synchronized void close() {
    for (Output output : outputs) {
      OutputFile file = output.file;
      if (file != null) {
        try {
          file.close();
        } catch (IOException e) {
          fail(output, e);
        }
      }
    }
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
        fail(output, e);
      }
    }
  }

  private void fail(Output output, IOException cause) {
    output.isBroken = true;
    if (failure == null) {
      OutputFile file = output.file;
      failure =
          Failure.usage(
              file == null
                  ? "cannot write standard output: " + cause.getMessage()
                  : file.sentence(cause));
    }
  }

  private interface Step {
    void on(Output output) throws IOException;
  }

  private static final class Output {
    private final Format format;
    private final Writer out;
    private final @Nullable OutputFile file;
    private final ReportStream stream;
    private boolean hasContent;
    private boolean isBroken;

    /** With a file, or none for standard output. */
    Output(Format format, Writer out, @Nullable OutputFile file) {
      this.format = format;
      this.out = out;
      this.file = file;
      stream = ReportStream.of(format, out);
    }

    /** People read of each run when it is over; a comparison follows from the command. */
    void report(Report report) throws IOException {
      hasContent = true;
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
