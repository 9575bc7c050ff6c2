package dev.echo.server.app;

import dev.echo.caller.ProxyPolicy;
import dev.echo.caller.ProxyPolicy.Mode;
import dev.echo.caller.ProxyPolicy.UnixPeers;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the PROXY protocol. */
final class ProxyOptions {
  private static final String UNIX = "unix";

  @Option(
      names = "--proxy-protocol",
      paramLabel = "MODE",
      converter = OptionTypes.Proxy.class,
      description = "PROXY headers v1 and v2: off, optional or required (default: off)")
  private Mode mode = Mode.OFF;

  @Option(
      names = "--proxy-from",
      paramLabel = "CIDR",
      description = "Who may send them, or unix for unix:// peers; repeatable (default: nobody)")
  private List<String> from = new ArrayList<>();

  ProxyPolicy policy() throws UsageException {
    if (mode == Mode.OFF) {
      if (!from.isEmpty()) {
        throw new UsageException(
            "--proxy-from without --proxy-protocol (give --proxy-protocol optional or required)");
      }
      return ProxyPolicy.OFF;
    }
    if (from.isEmpty()) {
      throw new UsageException(
          "--proxy-protocol "
              + mode
              + " without --proxy-from (give the proxy's address: --proxy-from 10.0.0.5, or"
              + " 127.0.0.1 for one on this machine)");
    }
    List<String> networks = from.stream().filter(word -> !word.equals(UNIX)).toList();
    return new ProxyPolicy(
        mode,
        AccessOptions.networks("--proxy-from", networks),
        networks.size() < from.size() ? UnixPeers.TRUSTED : UnixPeers.UNTRUSTED);
  }
}
