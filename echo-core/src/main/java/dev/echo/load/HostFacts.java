package dev.echo.load;

import dev.echo.text.BuildInfo;
import io.netty.util.Version;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where this process runs. */
final class HostFacts {
  private HostFacts() {}

  static Host of(LoadPlan plan) {
    BuildInfo build = BuildInfo.library();
    Version netty = Version.identify().get("netty-transport");
    return new Host(
        name(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        property("java.vm.name") + " " + property("java.runtime.version"),
        netty == null ? "unknown" : netty.artifactVersion(),
        plan.transport().toString(),
        plan.loops(),
        build.version() + " " + build.commit());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
