package dev.echo.server.app;

import dev.echo.caller.Networks;
import dev.echo.limit.AccessList;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say who may use the server. */
final class AccessOptions {
  @Option(
      names = "--allow",
      paramLabel = "CIDR",
      description = "Serve these addresses only; repeatable (default: all)")
  private List<String> allow = new ArrayList<>();

  @Option(
      names = "--deny",
      paramLabel = "CIDR",
      description = "Never serve these addresses; wins over --allow (default: none)")
  private List<String> deny = new ArrayList<>();

  AccessList list() throws UsageException {
    return new AccessList(networks("--allow", allow), networks("--deny", deny));
  }

  static Networks networks(String option, List<String> texts) throws UsageException {
    try {
      return Networks.of(texts);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
