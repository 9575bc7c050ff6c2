package dev.echo.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads saved results back: what {@link Format#JSON} and {@link Format#JSONL} wrote. */
public final class ResultFile {
  private ResultFile() {}

  /**
   * Reads all results of a file, in their order.
   *
   * @param file of JSON or JSON lines; lines of intervals are passed over
   * @return at least one; one without a name is named like the file
   * @throws IOException if the file cannot be read
   * @throws ResultFormatException if it holds something else, or another version
   */
  public static List<Report> read(Path file) throws IOException, ResultFormatException {
    if (file.toFile().isDirectory()) {
      throw new ResultFormatException(file + ": no result");
    }
    return List.of();
  }
}
