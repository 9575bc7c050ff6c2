package dev.echo.ping;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A plain peer that does with each connection what a test says. */
final class ScriptedPeer implements AutoCloseable {
  /** The preface of frames mode, then header, stamp and 64 bytes for each ping. */
  static final int PREFACE_BYTES = 8;

  static final int PING_BYTES = 8 + 32 + 64;

  /** What it does with a connection, numbered from 0. */
  interface Script {
    void run(int connection, Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final Script script;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private ScriptedPeer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  static ScriptedPeer of(Script script) throws IOException {
    ScriptedPeer peer =
        new ScriptedPeer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    start(peer::accept);
    return peer;
  }

  Endpoint endpoint() {
    return TcpEndpoint.of("127.0.0.1", listener.getLocalPort());
  }

  /** Returns every byte until the client finishes. */
  static void echo(Socket socket) throws IOException {
    socket.getInputStream().transferTo(socket.getOutputStream());
  }

  /** Returns so many bytes. */
  static void echo(Socket socket, int bytes) throws IOException {
    socket.getOutputStream().write(socket.getInputStream().readNBytes(bytes));
  }

  /** Answers nothing until the client finishes. */
  static void ignore(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    in.transferTo(OutputStream.nullOutputStream());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    for (int i = 0; !listener.isClosed(); i++) {
      int number = i;
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        start(() -> serve(number, socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(int number, Socket socket) {
    try (socket) {
      script.run(number, socket);
    } catch (IOException gone) {
      // What the run makes of it is what the test looks at.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-peer");
    thread.setDaemon(true);
    thread.start();
  }
}
