package dev.echo.server.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.UnixPermissions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of listeners on Unix domain sockets. */
final class UnixOptions {
  private UnixPermissions permissions = UnixPermissions.SYSTEM;

  @Option(
      names = "--unix-mode",
      paramLabel = "MODE",
      description = "Mode of unix:// sockets, such as 0660 (default: by the umask)")
  void mode(String octal) {
    try {
      permissions = permissions.withMode(octal);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("--unix-mode: " + e.getMessage());
    }
  }

  @Option(
      names = "--unix-owner",
      paramLabel = "USER[:GROUP]",
      description = "Owner of unix:// sockets (default: of this process)")
  void owner(String words) {
    try {
      permissions = permissions.ownedBy(words);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("--unix-owner: " + e.getMessage());
    }
  }

  UnixPermissions permissions() {
    return permissions;
  }

  /**
   * What a person must know of a transport that does not keep a Unix socket half open.
   *
   * @return one line, or nothing
   */
  static Optional<String> warning(List<Endpoint> endpoints, Transport transport) {
    boolean loses = transport == Transport.NIO || transport == Transport.IO_URING;
    return loses && endpoints.stream().anyMatch(UnixEndpoint.class::isInstance)
        ? Optional.of(
            "warning: with --transport "
                + transport
                + " a peer on unix:// that finishes before it has its whole echo may lose the rest"
                + " (not with epoll and kqueue)")
        : Optional.empty();
  }
}
