package dev.echo.client;

import dev.echo.endpoint.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A peer of a few lines, without Netty: what a test says is what it does with each connection. */
final class Talk implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** What to do with one connection; it is closed afterwards. */
  interface Script {
    void run(Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Talk(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  static Talk with(Script script) throws IOException {
    return on(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), script);
  }

  static Talk on(InetAddress address, Script script) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.bind(new InetSocketAddress(address, 0));
    Talk talk = new Talk(listener, script);
    start(talk::accept);
    return talk;
  }

  /** Returns every byte, and finishes when the client has. */
  static void echo(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    byte[] buffer = new byte[64 * 1024];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
    }
    socket.shutdownOutput();
  }

  /** Echoes, and damages the byte at an offset of the connection. */
  static Script damaging(Damage damage, long offset) {
    return socket -> {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[64 * 1024];
      long at = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        byte[] read = java.util.Arrays.copyOf(buffer, n);
        boolean here = offset >= at && offset < at + n;
        out.write(here ? damage.apply(read, (int) (offset - at)) : read);
        at += n;
      }
      socket.shutdownOutput();
    };
  }

  static void drain(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  Endpoint endpoint() {
    return Endpoint.of((InetSocketAddress) listener.getLocalSocketAddress());
  }

  SocketAddress address() {
    return listener.getLocalSocketAddress();
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        open.add(socket);
        start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.run(socket);
    } catch (IOException gone) {
      // What the client makes of it is what the test looks at.
    } finally {
      open.remove(socket);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "talk");
    thread.setDaemon(true);
    thread.start();
  }
}
