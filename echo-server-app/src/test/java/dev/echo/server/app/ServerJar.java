package dev.echo.server.app;

import dev.echo.testing.JarProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The packaged server, and a plain client for it. */
final class ServerJar {
  static final Path PATH = Path.of("target", "echo-server.jar");

  private static final int TIMEOUT_MILLIS = 10_000;

  private ServerJar() {}

  /** Starts it on a free port of the loopback address. */
  static JarProcess start(String... options) {
    return start(JarProcess.of(PATH), options);
  }

  static JarProcess start(JarProcess.Builder builder, String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "127.0.0.1";
    words[1] = "0";
    System.arraycopy(options, 0, words, 2, options.length);
    return builder.start(words);
  }

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  /** Sends a text and returns what came back, as many bytes. */
  static String echo(Socket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    return new String(socket.getInputStream().readNBytes(bytes.length), StandardCharsets.UTF_8);
  }

  /** One whole conversation. */
  static String echo(int port, String text) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
