package dev.echo.server.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.UnixPermissions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of listeners on Unix domain sockets. */
final class UnixOptions {
  @Option(
      names = "--unix-mode",
      paramLabel = "MODE",
      description = "Mode of unix:// sockets, such as 0660 (default: by the umask)")
  private @Nullable String mode;

  @Option(
      names = "--unix-owner",
      paramLabel = "USER[:GROUP]",
      description = "Owner of unix:// sockets (default: of this process)")
  private @Nullable String owner;

  UnixPermissions permissions() throws UsageException {
    UnixPermissions permissions = UnixPermissions.SYSTEM;
    String option = "--unix-mode";
    try {
      permissions = mode == null ? permissions : permissions.withMode(mode);
      option = "--unix-owner";
      return owner == null ? permissions : permissions.ownedBy(owner);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
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
