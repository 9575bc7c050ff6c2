package dev.echo.client.app;

import dev.echo.report.Names;
import dev.echo.report.Report;
import dev.echo.report.ResultFile;
import dev.echo.report.ResultFormatException;
import dev.echo.text.FileNames;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Results of earlier runs, from files that a user named. */
final class SavedResults {
  private SavedResults() {}

  /**
   * Reads all results of several files. Their names tell them apart: with more than one file, a run
   * of a file is named after the file, too.
   *
   * @throws IllegalArgumentException if one cannot be read, or holds something else
   */
  static List<Report> readAll(List<Path> files) {
    List<Report> all = new ArrayList<>();
    for (Path file : files) {
      for (Report each : read("", file)) {
        boolean isNamed = !each.name().equals(FileNames.name(file));
        String name =
            files.size() > 1 && isNamed ? FileNames.name(file) + " " + each.name() : each.name();
        all.add(new Report(name, each.result(), each.assessment()));
      }
    }
    return Names.apart(all);
  }

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
    } catch (IOException e) {
      throw new IllegalArgumentException(
          from + "cannot read " + FileNames.name(file) + ": " + reason(file, e), e);
    } catch (ResultFormatException e) {
      throw new IllegalArgumentException(from + e.getMessage(), e);
    }
  }

  private static String reason(Path file, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "not allowed";
    }
    return Files.isDirectory(file)
        ? "it is a folder (expected: a file of bench --json)"
        : "the system refuses it (expected: a file of bench --json)";
  }
}
