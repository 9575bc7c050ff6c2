package dev.echo.load;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plain peer with a thread for each connection; connections are numbered from 1. */
final class ThreadedPeer implements AutoCloseable {
  /** What it does with a connection, which is closed after it. */
  interface Service {
    void serve(int connection, InputStream in, OutputStream out) throws IOException;
  }

  /** Returns every byte. */
  static final Service ECHO = (connection, in, out) -> echo(in, out, Long.MAX_VALUE);

  /** Reads and returns nothing. */
  static final Service SILENT =
      (connection, in, out) -> in.transferTo(OutputStream.nullOutputStream());

  private final ServerSocket listener;
  private final Service service;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  ThreadedPeer(Service service) throws IOException {
    this.service = service;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Returns so many bytes, each as soon as it is there. */
  static void echo(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = most;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  Endpoint endpoint() {
    return TcpEndpoint.of("127.0.0.1", listener.getLocalPort());
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "peer");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    for (int connection = 1; !listener.isClosed(); connection++) {
      int number = connection;
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> serve(number, socket));
      } catch (IOException e) {
        // It is closed.
      }
    }
  }

  private void serve(int number, Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      service.serve(number, socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      // The other side is gone, or this one is closed.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
