package dev.echo.text;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The names of files as people write them. In a locale without UTF-8 (the usual one of a container)
 * Java has no way to name a file {@code r\u00e9sum\u00e9} but by the bytes of a URI.
 */
public final class FileNames {
  private static final String UNRESERVED = "-._~/";

  /** What Java shows of a name that it cannot read. */
  private static final char UNREADABLE = '\ufffd';

  private static final Path WORKING_FOLDER = Path.of("/proc/self/cwd");

  private FileNames() {}

  /**
   * Finds the path that a name stands for, in any locale.
   *
   * @param name relative to the working folder, or absolute
   * @return the path
   * @throws IllegalArgumentException if no file can have that name
   */
  public static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      if (name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a file name cannot hold a zero byte", e);
      }
      return ofBytes(name);
    }
  }

  /**
   * Writes the name of a file as the system has it, in any locale.
   *
   * @param path as {@link #path} made it
   * @return the name; bytes that are not UTF-8 are shown as U+FFFD
   */
  public static String name(Path path) {
    String name = path.toString();
    if (name.indexOf(UNREADABLE) < 0) {
      return name;
    }
    String whole = decoded(path);
    String folder = decoded(workingFolder()).replaceFirst("/?$", "/");
    return whole.startsWith(folder) ? whole.substring(folder.length()) : whole;
  }

  private static String decoded(Path path) {
    String raw = path.toUri().getRawPath().replace("+", "%2B");
    return URLDecoder.decode(raw, StandardCharsets.UTF_8);
  }

  static Path ofBytes(String name) {
    StringBuilder uri = new StringBuilder("file://");
    if (!name.startsWith("/")) {
      uri.append(workingFolder().toUri().getRawPath());
      uri.append(uri.charAt(uri.length() - 1) == '/' ? "" : "/");
    }
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = each > 0 && (isAlphanumeric(each) || UNRESERVED.indexOf(each) >= 0);
      if (isPlain) {
        uri.append((char) each);
      } else {
        uri.append('%').append(hex(each >> 4)).append(hex(each));
      }
    }
    try {
      return Path.of(new URI(uri.toString()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IllegalArgumentException("no file can be called '" + name + "'", e);
    }
  }

  /** As the system knows it, since Java may have read its name wrong. */
  private static Path workingFolder() {
    try {
      return WORKING_FOLDER.toRealPath();
    } catch (IOException e) {
      return Path.of("").toAbsolutePath();
    }
  }

  private static boolean isAlphanumeric(byte each) {
    return Character.isLetterOrDigit(each);
  }

  private static char hex(int halfByte) {
    return Character.forDigit(halfByte & 0xF, 16);
  }
}
