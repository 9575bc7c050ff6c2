import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Runs a program of the build once, and keeps what its classes become in a JVM as an archive beside
 * its jar, and the jar's native libraries in a folder of their own, from which they need not be
 * copied at each start: {@code java MakeArchive.java FOLDER echo-server|echo-client}. Without these
 * the programs only start later, so nothing here makes a build fail.
 */
final class MakeArchive {
  private static final long PATIENCE_SECONDS = 60;

  private static final String LIBRARIES = "META-INF/native/";

  /** The preface, and a frame of two bytes. */
  private static final byte[] FRAMES =
      HexFormat.of().parseHex("fe4543484f0d0a0100000002000000006869");

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]).toRealPath();
    String name = args[1];
    Path archive = folder.resolve(name + ".jsa");
    Path of = folder.resolve(name + ".jsa.of");
    Files.deleteIfExists(of);
    Files.deleteIfExists(archive);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
    Path jar = folder.resolve(name + ".jar");
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-XX:ArchiveClassesAtExit=" + archive,
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-jar",
                jar.toString()));
    boolean ended = name.equals("echo-server") ? server(command) : client(command);
    if (!ended || !Files.exists(archive)) {
      System.out.println("no archive of " + name + ": it will start later than it could");
      return;
    }
    copyLibraries(jar, Files.createDirectories(folder.resolve("native")));
    Files.writeString(of, java + "\n" + jar + "\n");
  }

  /** Each takes its place at once, since a program that runs may have the one before loaded. */
  private static void copyLibraries(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory() && entry.getName().startsWith(LIBRARIES)) {
          Path library = folder.resolve(entry.getName().substring(LIBRARIES.length()));
          Path part = Files.createTempFile(folder, "new", null);
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
          }
          Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }

  /** Stream and frames, then a drain. An option makes it load the parser, too. */
  private static boolean server(List<String> command) throws Exception {
    command.addAll(List.of("--mode", "auto", "-v", "127.0.0.1", "0"));
    Process process = new ProcessBuilder(command).redirectError(discarded()).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String listening = String.valueOf(out.readLine());
      int port = Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
      talk(port, "hi".getBytes(StandardCharsets.UTF_8));
      talk(port, FRAMES);
      process.destroy();
      return ended(process);
    } catch (NumberFormatException e) {
      return false;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void talk(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      socket.getOutputStream().write(bytes);
      socket.getInputStream().readNBytes(bytes.length);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  /** One message to a plain peer. */
  private static boolean client(List<String> command) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      command.addAll(List.of("127.0.0.1", Integer.toString(listener.getLocalPort()), "-n", "1"));
      listener.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      Process process =
          new ProcessBuilder(command)
              .redirectError(discarded())
              .redirectOutput(discarded())
              .start();
      try (Socket peer = listener.accept();
          InputStream in = peer.getInputStream()) {
        peer.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        in.transferTo(peer.getOutputStream());
        peer.shutdownOutput();
        return ended(process);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static boolean ended(Process process) throws InterruptedException {
    return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static ProcessBuilder.Redirect discarded() {
    return ProcessBuilder.Redirect.DISCARD;
  }
}
