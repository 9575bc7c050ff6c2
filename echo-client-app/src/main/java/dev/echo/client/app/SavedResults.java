package dev.echo.client.app;

import dev.echo.report.Report;
import dev.echo.report.ResultFile;
import dev.echo.report.ResultFormatException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Results of earlier runs, from files that a user named. */
final class SavedResults {
  private SavedResults() {}

  /**
   * Reads all results of a file.
   *
   * @param option that named it, for the message; empty if none did
   * @throws IllegalArgumentException if it cannot be read, or holds something else
   */
  static List<Report> read(String option, Path file) {
    String from = option.isEmpty() ? "" : option + ": ";
    try {
      return ResultFile.read(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(from + "cannot read " + file + ": no such file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(from + "cannot read " + file + ": " + e.getMessage(), e);
    } catch (ResultFormatException e) {
      throw new IllegalArgumentException(from + e.getMessage(), e);
    }
  }
}
