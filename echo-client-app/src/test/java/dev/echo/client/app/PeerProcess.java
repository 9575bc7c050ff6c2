package dev.echo.client.app;

import dev.echo.testing.Certificates;
import dev.echo.testing.PeerProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Somebody else's echo, as a child of the test. Where the tool is not installed, the test is
 * skipped. Ends with {@link #close()}, its own children too.
 */
final class PeerProcess implements AutoCloseable {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Process process;
  private final int port;

  private PeerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** One of the kinds that {@code peers.py} has. */
  static PeerProcess python(String kind) {
    return script("peers.py", kind.split(" "));
  }

  /** One client, then the end. */
  static PeerProcess plainPython() {
    return script("plain_server.py");
  }

  static PeerProcess webSocket() {
    return run(PeerProgram.WEBSOCKETS, "websocket_server.py");
  }

  /**
   * A plain UDP echo; {@code plan} says what it does to which datagram, see {@code udp_peer.py}.
   */
  static PeerProcess udp(String... plan) {
    return script("udp_peer.py", plan);
  }

  static PeerProcess socat() {
    int port = freePort();
    return listening(
        port, PeerProgram.SOCAT, "TCP-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr", "PIPE");
  }

  static PeerProcess ncat() {
    int port = freePort();
    return listening(
        port, PeerProgram.NCAT, "-l", "-k", "-e", "/bin/cat", "127.0.0.1", Integer.toString(port));
  }

  /** With {@code server.crt}; each connection gets a {@code cat}. */
  static PeerProcess socatTls(Certificates files, String options) {
    int port = freePort();
    return listening(
        port,
        PeerProgram.SOCAT,
        "OPENSSL-LISTEN:"
            + port
            + ",bind=127.0.0.1,fork,reuseaddr,cert="
            + files.file("server.crt")
            + ",key="
            + files.file("server.key")
            + (options.contains("verify") ? "" : ",verify=0")
            + options,
        "EXEC:cat");
  }

  /** With {@code server.crt}, in front of a plain server. */
  static PeerProcess stunnel(Path folder, Certificates files, int plainPort) {
    int port = freePort();
    String config =
        """
        foreground = yes
        pid =
        [echo]
        accept = 127.0.0.1:%d
        connect = 127.0.0.1:%d
        cert = %s
        key = %s
        """
            .formatted(port, plainPort, files.file("server.crt"), files.file("server.key"));
    try {
      Path file = Files.writeString(folder.resolve("stunnel.conf"), config);
      return listening(port, PeerProgram.STUNNEL, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The echo that xinetd has inside. */
  static PeerProcess xinetd(Path folder) {
    int port = freePort();
    String config =
        """
        defaults
        {
          instances = UNLIMITED
          per_source = UNLIMITED
          cps = 1000 1
        }
        service echo
        {
          id = echo-stream
          type = INTERNAL UNLISTED
          socket_type = stream
          protocol = tcp
          user = %s
          wait = no
          bind = 127.0.0.1
          port = %d
        }
        """
            .formatted(System.getProperty("user.name"), port);
    try {
      Path file = Files.writeString(folder.resolve("xinetd.conf"), config);
      String pid = folder.resolve("xinetd.pid").toString();
      return listening(
          port, PeerProgram.XINETD, "-dontfork", "-f", file.toString(), "-pidfile", pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    end();
  }

  /** Ends it while a test goes on. */
  void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static PeerProcess script(String name, String... words) {
    return run(PeerProgram.PYTHON, name, words);
  }

  private static PeerProcess run(PeerProgram python, String name, String... words) {
    URL script = Objects.requireNonNull(PeerProcess.class.getResource("/" + name), name);
    try {
      Process process =
          start(
              python,
              Stream.concat(Stream.of(Path.of(script.toURI()).toString()), Stream.of(words))
                  .toArray(String[]::new));
      String line = process.inputReader(StandardCharsets.UTF_8).readLine();
      return new PeerProcess(process, Integer.parseInt(Objects.requireNonNull(line, "no port")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PeerProcess listening(int port, PeerProgram program, String... arguments) {
    try {
      PeerProcess peer = new PeerProcess(start(program, arguments), port);
      long deadline = System.nanoTime() + DEADLINE_NANOS;
      while (!accepts(port)) {
        if (System.nanoTime() > deadline || !peer.process.isAlive()) {
          peer.close();
          throw new AssertionError(
              program + " " + String.join(" ", arguments) + " does not listen");
        }
        Thread.onSpinWait();
      }
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process start(PeerProgram program, String... arguments) throws IOException {
    return program.command(arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that nobody listens on at this moment. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
