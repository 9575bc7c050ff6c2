package dev.echo.client.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that does with each connection what a test says, in blocking code. */
final class ServingPeer implements AutoCloseable {
  /** Serves a connection, which is closed afterwards. */
  @FunctionalInterface
  interface Service {
    void serve(int number, Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final Service service;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private ServingPeer(Service service) {
    this.service = service;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each connection has a thread. */
  static ServingPeer together(Service service) {
    ServingPeer peer = new ServingPeer(service);
    peer.accept((number, socket) -> start(() -> peer.serve(number, socket)));
    return peer;
  }

  /** The next connection is accepted when the one before has ended. */
  static ServingPeer oneByOne(Service service) {
    ServingPeer peer = new ServingPeer(service);
    peer.accept(peer::serve);
    return peer;
  }

  /** Returns every byte until the other side finishes. */
  static void echo(Socket socket) throws IOException {
    relay(socket, socket);
  }

  /** Returns so many bytes and no more. */
  static void echo(Socket socket, int bytes) throws IOException {
    socket.getOutputStream().write(socket.getInputStream().readNBytes(bytes));
  }

  /** Passes everything on to a port of this host, both ways. */
  static void relay(Socket socket, int port) throws IOException {
    try (Socket next = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      Thread back = start(() -> relayQuietly(next, socket));
      relay(socket, next);
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes with RST. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  int port() {
    return listener.getLocalPort();
  }

  String target() {
    return "127.0.0.1:" + port();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Service accepted) {
    start(
        () -> {
          for (int number = 1; !listener.isClosed(); number++) {
            try {
              Socket socket = listener.accept();
              sockets.add(socket);
              accepted.serve(number, socket);
            } catch (IOException e) {
              return;
            }
          }
        });
  }

  private void serve(int number, Socket socket) {
    try (socket) {
      service.serve(number, socket);
    } catch (IOException e) {
      // The other side has gone.
    }
  }

  private static void relay(Socket from, Socket to) throws IOException {
    byte[] buffer = new byte[65536];
    InputStream in = from.getInputStream();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      to.getOutputStream().write(buffer, 0, read);
    }
    to.shutdownOutput();
  }

  private static void relayQuietly(Socket from, Socket to) {
    try {
      relay(from, to);
    } catch (IOException e) {
      // One of them has gone.
    }
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "serving-peer");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
