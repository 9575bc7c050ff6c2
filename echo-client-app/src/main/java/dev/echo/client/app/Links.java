package dev.echo.client.app;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What names of files stand for. */
final class Links {
  private static final int MAX_LINKS = 40;
  private static final List<String> SYSTEM = List.of("/dev", "/proc");

  private Links() {}

  /**
   * The file at the end of all links, which need not exist.
   *
   * @throws IOException if the links go in a circle, or cannot be read
   */
  static Path target(Path file) throws IOException {
    Path at = file.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(at); i++) {
      if (i == MAX_LINKS) {
        throw new FileSystemLoopException(at.toString());
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    return at;
  }

  /** Whether it is a pipe, a device, a stream of a process: what no other file can replace. */
  static boolean isSpecial(Path file) {
    return (Files.exists(file) && !Files.isRegularFile(file))
        || SYSTEM.stream().anyMatch(file.toAbsolutePath()::startsWith);
  }

  /** Whether two names are of one regular file, by whatever links. */
  static boolean areSame(Path one, Path other) {
    try {
      return (Files.exists(one) && Files.exists(other))
          ? Files.isRegularFile(one) && Files.isSameFile(one, other)
          : place(one).equals(place(other));
    } catch (IOException e) {
      return false; // One that cannot be looked at cannot be written, and that is said then.
    }
  }

  /** Where a file will be that is not there yet. */
  private static Path place(Path file) throws IOException {
    Path target = target(file);
    Path folder = target.getParent();
    return folder == null || !Files.exists(folder)
        ? target.normalize()
        : folder.toRealPath().resolve(target.getFileName());
  }
}
