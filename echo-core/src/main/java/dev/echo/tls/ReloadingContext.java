package dev.echo.tls;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is served of some files, and again when they change. New contents count once two looks saw
 * the same, so that a file that is just being written, or a certificate whose key is yet to come,
 * is not taken for the whole. What cannot be used is warned of once; what was served before stays.
 *
 * <p>The contents themselves are compared: a rename, a rewrite in place and a symbolic link that
 * points elsewhere are all seen, and a time stamp that did not move hides nothing. What is no
 * regular file, such as a pipe of the shell's, can be read once only: what it held then stays.
 */
final class ReloadingContext {
  private static final Logger logger = LoggerFactory.getLogger(ReloadingContext.class);

  /**
   * What is served.
   *
   * @param context makes the engines of new connections
   * @param fingerprint of the certificate
   */
  record Served(SslContext context, Fingerprint fingerprint) {}

  private final List<Path> paths;
  private final Map<Path, PemFile> pipes = new HashMap<>();
  private final Function<List<PemFile>, Served> loader;
  private volatile Served served;
  private List<PemFile> good;
  private @Nullable Object pending;
  private boolean tried;

  /**
   * Loads.
   *
   * @throws IllegalArgumentException if the files cannot be used
   */
  ReloadingContext(List<Path> paths, Function<List<PemFile>, Served> loader) {
    this.paths = List.copyOf(paths);
    this.loader = loader;
    good = read();
    good.stream()
        .filter(file -> !Files.isRegularFile(file.path()))
        .forEach(file -> pipes.put(file.path(), file));
    served = loader.apply(good);
  }

  /** What new connections get; any thread. */
  Served served() {
    return served;
  }

  /** Looks; always by the same thread. */
  void look() {
    Object seen;
    try {
      seen = read();
    } catch (IllegalArgumentException unreadable) {
      seen = String.valueOf(unreadable.getMessage());
    }
    if (seen.equals(good)) {
      pending = null;
    } else if (!seen.equals(pending)) {
      pending = seen;
      tried = false;
    } else if (!tried) {
      tried = true;
      take();
    }
  }

  /** Reads again, since an exception's message is what is left of the look before. */
  private void take() {
    try {
      List<PemFile> files = read();
      Served next = loader.apply(files);
      good = files;
      served = next;
      logger.info("new certificate {} from {}", next.fingerprint(), paths.get(0));
    } catch (IllegalArgumentException unusable) {
      logger.warn("the certificate stays as it was: {}", unusable.getMessage());
    }
  }

  private List<PemFile> read() {
    Map<Path, PemFile> contents = new HashMap<>(pipes);
    paths.forEach(path -> contents.computeIfAbsent(path, PemFile::read));
    return paths.stream().map(contents::get).toList();
  }
}
