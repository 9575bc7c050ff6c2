package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildInfoTest {
  @Test
  void saysThatClassesAreNotPackaged() {
    assertThat(BuildInfo.of(BuildInfo.class)).isEqualTo(new BuildInfo("unpackaged", "unknown"));
  }

  @Test
  void readsTheManifestOfTheJar(@TempDir Path directory) throws Exception {
    assertThat(fromJar(directory.resolve("a.jar"), "1.2.3", "abc1234"))
        .isEqualTo(new BuildInfo("1.2.3", "abc1234"));
    assertThat(fromJar(directory.resolve("b.jar"), "1.2.3", "${git.commit.id.abbrev}"))
        .isEqualTo(new BuildInfo("1.2.3", "unknown"));
  }

  @Test
  void takesAnyJarWithoutItsEntries() {
    assertThat(BuildInfo.of(ByteBuf.class).commit()).isEqualTo("unknown");
  }

  @Test
  void knowsTheBuildOfTheLibraryWhereverItIs() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");

    assertThat(BuildInfo.library().version()).isEqualTo(version);
  }

  @Test
  void namesProgramNettyJavaAndTransport() {
    assertThat(new BuildInfo("1.2.3", "abc1234").lines("echo-server", "epoll"))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("echo-server 1.2.3 (commit abc1234)"),
            line -> assertThat(line).startsWith("Netty 4."),
            line -> assertThat(line).startsWith("Java " + System.getProperty("java.version")),
            line -> assertThat(line).isEqualTo("transport epoll"));
  }

  private static BuildInfo fromJar(Path path, String version, String commit) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    manifest.getMainAttributes().putValue("Echo-Commit", commit);
    String entry = Probe.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(path), manifest);
        InputStream probe = Probe.class.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new JarEntry(entry));
      probe.transferTo(jar);
    }
    URL[] urls = {path.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      return BuildInfo.of(loader.loadClass(Probe.class.getName()));
    }
  }

  /** A class to put into a jar. */
  static final class Probe {}
}
