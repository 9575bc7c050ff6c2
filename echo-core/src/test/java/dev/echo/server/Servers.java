package dev.echo.server;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import java.io.File;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts and ends servers for tests. */
final class Servers {
  static final TcpEndpoint ANYWHERE = new TcpEndpoint("127.0.0.1", 0);

  private Servers() {}

  /** The transports of this machine; all of Linux's must be there, or they would go untested. */
  static List<Transport> transports() {
    List<Transport> all = Stream.of(Transport.values()).filter(Transport::isAvailable).toList();
    boolean linux = System.getProperty("os.name").equals("Linux");
    if (linux && !all.containsAll(List.of(Transport.NIO, Transport.EPOLL))) {
      throw new AssertionError("epoll is missing", Transport.EPOLL.unavailability());
    }
    return all;
  }

  static EchoServer start(EchoServerBuilder builder) throws Exception {
    return builder.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  static int port(EchoServer server) {
    return ((TcpEndpoint) server.endpoints().get(0)).port();
  }

  static void close(EchoServer server) throws Exception {
    server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** How many files and sockets this process has open. */
  static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}
