package dev.echo.text;

import io.netty.util.Version;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * Which build is running.
 *
 * @param version the version of the jar, or a word that says there is none
 * @param commit the abbreviated commit that the jar was built from, or a word that says it is not
 *     known
 */
public record BuildInfo(String version, String commit) {
  private static final BuildInfo UNPACKAGED = new BuildInfo("unpackaged", "unknown");

  /**
   * Reads the manifest of the jar that a class was loaded from: {@code Implementation-Version} and
   * {@code Echo-Commit}.
   *
   * @param type a class of the program
   * @return what the manifest says; {@code unpackaged} and {@code unknown} where it says nothing,
   *     as when classes run from a directory
   */
  public static BuildInfo of(Class<?> type) {
    String name = type.getName();
    URL url = type.getResource(name.substring(name.lastIndexOf('.') + 1) + ".class");
    if (url == null || !url.getProtocol().equals("jar")) {
      return UNPACKAGED;
    }
    try {
      JarURLConnection jar = (JarURLConnection) url.openConnection();
      // Without the cache the file is closed again here, not at exit.
      jar.setUseCaches(false);
      Attributes entries;
      try (var file = jar.getJarFile()) {
        entries =
            file.getManifest() == null ? new Attributes() : file.getManifest().getMainAttributes();
      }
      return new BuildInfo(
          known(entries.getValue(Attributes.Name.IMPLEMENTATION_VERSION), UNPACKAGED.version),
          known(entries.getValue("Echo-Commit"), UNPACKAGED.commit));
    } catch (IOException e) {
      return UNPACKAGED;
    }
  }

  /**
   * Tells which build of the library is running, in whatever jar it is: also in one of a program
   * that embeds it, whose manifest says the version of that program.
   *
   * @return {@code unpackaged} and {@code unknown} where its build did not say
   */
  public static BuildInfo library() {
    Properties entries = new Properties();
    try (InputStream file = BuildInfo.class.getResourceAsStream("build.properties")) {
      if (file != null) {
        entries.load(file);
      }
    } catch (IOException e) {
      return UNPACKAGED;
    }
    return new BuildInfo(
        known(entries.getProperty("version"), UNPACKAGED.version),
        known(entries.getProperty("commit"), UNPACKAGED.commit));
  }

  /**
   * What {@code --version} prints.
   *
   * @param program the name of the program
   * @param transport the transport that it would use
   * @return a line for each of: program with version and commit, Netty, Java, transport
   */
  public List<String> lines(String program, String transport) {
    Version netty = Version.identify().get("netty-common");
    return List.of(
        program + " " + version + " (commit " + commit + ")",
        "Netty " + (netty == null ? "of unknown version" : netty.artifactVersion()),
        "Java "
            + System.getProperty("java.version")
            + " ("
            + System.getProperty("java.vm.name")
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ")",
        "transport " + transport);
  }

  /** A build outside a repository leaves the placeholder of the commit as it is. */
  private static String known(@Nullable String value, String otherwise) {
    return value == null || value.isBlank() || value.startsWith("${") ? otherwise : value;
  }
}
