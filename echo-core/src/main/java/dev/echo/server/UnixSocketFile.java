package dev.echo.server;

import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.UnixPermissions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix domain socket. The socket is bound inside a directory that nobody else can
 * enter, gets its mode and owner there, and only then its name, so there is no moment at which the
 * wrong people can connect. A file that has the name already is replaced only if it is a socket on
 * which nobody listens. Every step waits for the file system alone.
 */
final class UnixSocketFile {
  private static final String INSIDE = "s";
  private static final String STALE = "old";
  private static final int TRIES = 8;
  private static final int TYPE_BITS = 0170000;
  private static final int SOCKET_TYPE = 0140000;

  private final Path path;
  private final UnixPermissions permissions;
  private final Path directory;
  private volatile @Nullable Object key;

  private UnixSocketFile(Path path, UnixPermissions permissions, Path directory) {
    this.path = path;
    this.permissions = permissions;
    this.directory = directory;
  }

  /** Looks whether the name can be had, and makes the directory beside it. */
  static UnixSocketFile prepare(UnixEndpoint endpoint, UnixPermissions permissions)
      throws IOException {
    Path path = endpoint.path().toAbsolutePath();
    try {
      refuseIfTaken(path);
      return new UnixSocketFile(path, permissions, directoryBeside(path));
    } catch (FileSystemException e) {
      throw inWords(e);
    }
  }

  private static Path directoryBeside(Path path) throws IOException {
    Path beside = Objects.requireNonNull(path.getParent());
    for (int i = 0; ; i++) {
      String name = "." + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36), 36);
      try {
        return Files.createDirectory(
            beside.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  /** Where to bind. */
  UnixEndpoint inside() throws IOException {
    try {
      return new UnixEndpoint(directory.resolve(INSIDE));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the path of its directory is too long (expected: at most "
              + (UnixEndpoint.MAX_PATH_BYTES - 7)
              + " bytes)",
          e);
    }
  }

  /** Gives the bound socket its mode, its owner, and then its name. */
  void publish() throws IOException {
    Path socket = directory.resolve(INSIDE);
    try {
      permit(socket);
      Object own = attributes(socket).fileKey();
      link(socket);
      key = own;
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException("no such user or group: " + e.getName(), e);
    } catch (FileSystemException e) {
      throw inWords(e);
    } finally {
      discard();
    }
  }

  private void permit(Path socket) throws IOException {
    PosixFileAttributeView file =
        Files.getFileAttributeView(socket, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (permissions.mode().isPresent()) {
      Files.setPosixFilePermissions(socket, permissions.mode().get());
    }
    UserPrincipalLookupService names = socket.getFileSystem().getUserPrincipalLookupService();
    if (permissions.group().isPresent()) {
      file.setGroup(names.lookupPrincipalByGroupName(permissions.group().get()));
    }
    if (permissions.owner().isPresent()) {
      file.setOwner(names.lookupPrincipalByName(permissions.owner().get()));
    }
  }

  /** A link never replaces anything, so of two servers that start at once one gets the name. */
  private void link(Path socket) throws IOException {
    for (int i = 0; ; i++) {
      try {
        name(socket);
        return;
      } catch (FileAlreadyExistsException e) {
        if (i == TRIES) {
          throw e;
        }
        removeStale();
      }
    }
  }

  private void name(Path socket) throws IOException {
    try {
      Files.createLink(path, socket);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Some systems link no sockets, or none that now belong to somebody else.
      Files.move(socket, path);
    }
  }

  /** What was taken away must be what was looked at, or it goes back. */
  private void removeStale() throws IOException {
    Object looked = refuseIfTaken(path);
    if (looked == null) {
      return;
    }
    Path taken = directory.resolve(STALE);
    Files.move(path, taken, StandardCopyOption.ATOMIC_MOVE);
    if (!looked.equals(attributes(taken).fileKey())) {
      Files.createLink(path, taken);
      Files.delete(taken);
      throw listening();
    }
    Files.delete(taken);
  }

  /** Returns what identifies the stale file, or null if there is no file. */
  private static @Nullable Object refuseIfTaken(Path path) throws IOException {
    BasicFileAttributes there;
    try {
      there = attributes(path);
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      if ((mode & TYPE_BITS) != SOCKET_TYPE) {
        throw new IOException("there is a file of this name that is no socket");
      }
    } catch (NoSuchFileException e) {
      return null;
    }
    if (isListening(path)) {
      throw listening();
    }
    return there.fileKey();
  }

  private static IOException listening() {
    return new IOException("another server listens on it");
  }

  /** Only a refused connect says that nobody does; a full queue is somebody. */
  private static boolean isListening(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Removes the directory; the socket stays where it has its name. */
  void discard() {
    try {
      Files.deleteIfExists(directory.resolve(INSIDE));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // Nothing depends on it, and nobody can enter what is left.
      return;
    }
  }

  /**
   * Removes the file if it is still this one. Best called while the socket is open: until then the
   * system gives its number to no other file.
   */
  void remove() {
    Object own = key;
    key = null;
    try {
      if (own != null && own.equals(attributes(path).fileKey())) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // It is gone already, or the directory is.
      return;
    }
  }

  private static IOException inWords(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return new IOException("its directory does not exist", e);
    }
    String reason = e instanceof AccessDeniedException ? "permission denied" : e.getReason();
    return new IOException(
        e.getFile() + ": " + (reason == null ? "the system does not let it be made" : reason), e);
  }
}
