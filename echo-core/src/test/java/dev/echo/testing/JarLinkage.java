package dev.echo.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** Whether the classes of a launcher's jar, from which much is left out, find each other. */
public final class JarLinkage {

  private static final Pattern NOT_FOUND = Pattern.compile("(?m)^ +(\\S+) +-> (\\S+) +not found$");

  private static final List<String> INSIDE =
      List.of("dev.echo.", "io.netty.", "picocli.", "org.HdrHistogram.", "com.google.gson.");

  /** The one library of these names that users bring themselves. */
  private static final String BORINGSSL = "io.netty.internal.tcnative.";

  private JarLinkage() {}

  /**
   * Asks jdeps for what any class of {@code jar} names, in its declaration or its code.
   *
   * @return the missing classes of libraries that are in the jar, each with the class that wants
   *     it; what a library may do without (BoringSSL, Log4j) is not among them
   */
  public static List<String> missingClasses(Path jar) {
    StringWriter found = new StringWriter();
    PrintWriter out = new PrintWriter(found, true);
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(out, out, "--multi-release", "17", "-v", "-filter:none", jar.toString());
    if (status != 0) {
      throw new IllegalStateException("jdeps: " + found);
    }
    return NOT_FOUND
        .matcher(found.toString())
        .results()
        .filter(line -> isInside(line.group(2)))
        .map(line -> line.group(2) + ", wanted by " + line.group(1))
        .toList();
  }

  private static boolean isInside(String name) {
    return INSIDE.stream().anyMatch(name::startsWith) && !name.startsWith(BORINGSSL);
  }
}
