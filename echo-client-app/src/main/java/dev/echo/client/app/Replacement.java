package dev.echo.client.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.SplittableRandom;

/**
 * A new content for a file, in a file of its own beside it until {@link #take()}. Then it is
 * renamed, so that at each moment one of the two is there whole. Where a new file could not take
 * over all that the old one is (other names, its owner, a mount) its content is copied instead.
 */
final class Replacement implements AutoCloseable {
  private final Path target;
  private final Path part;

  private Replacement(Path target, Path part) {
    this.target = target;
    this.part = part;
  }

  /**
   * Finds a place.
   *
   * @param target a regular file, or one that is not there yet
   * @throws IOException if it could not be written
   */
  static Replacement of(Path target) throws IOException {
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new AccessDeniedException(target.toString());
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(target.toString());
    }
    boolean isElsewhere = Files.exists(target) && !Files.isWritable(folder);
    Path place = isElsewhere ? Path.of(System.getProperty("java.io.tmpdir", "/tmp")) : folder;
    String name = ".echo-" + Long.toHexString(new SplittableRandom().nextLong()) + ".part";
    return new Replacement(target, place.resolve(name));
  }

  /** Opens it for the new content, which who may not read the earlier one may not read either. */
  OutputStream open() throws IOException {
    OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    PosixFileAttributeView view = Files.getFileAttributeView(part, PosixFileAttributeView.class);
    if (view != null && replacesAnother()) {
      view.setPermissions(Files.getPosixFilePermissions(target));
    }
    return out;
  }

  /** Whether there is an earlier content. */
  boolean replacesAnother() {
    return Files.exists(target);
  }

  /** The new content, which is complete, is that of the file from now on. */
  void take() throws IOException {
    if (!replacesAnother() || canBeRenamed()) {
      try {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (FileSystemException e) {
        if (!replacesAnother()) {
          throw e;
        }
      }
    }
    try (OutputStream out =
        Files.newOutputStream(
            target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      Files.copy(part, out);
    }
    Files.delete(part);
  }

  /** Whether nothing is lost of what the old one is besides its content. */
  private boolean canBeRenamed() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(part, PosixFileAttributeView.class);
    if (view == null) {
      return true;
    }
    if (!Integer.valueOf(1).equals(Files.getAttribute(target, "unix:nlink"))) {
      return false;
    }
    PosixFileAttributes old = Files.readAttributes(target, PosixFileAttributes.class);
    PosixFileAttributes mine = view.readAttributes();
    return old.owner().equals(mine.owner()) && old.group().equals(mine.group());
  }

  /** Removes the new content without saying whether it could. */
  void abandon() {
    part.toFile().delete();
  }

  /** Leaves the earlier content. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(part);
  }
}
