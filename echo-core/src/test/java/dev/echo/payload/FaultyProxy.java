package dev.echo.payload;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.frame.Preface;
import dev.echo.payload.Fault.Damage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A path through sockets that damages one message of a hundred on its way back, by a seeded plan.
 * For one connection, whose number is 1.
 */
final class FaultyProxy implements AutoCloseable {
  private static final int CONNECTION = 1;
  private static final int ROUND_MESSAGES = 100;
  private static final int MARGIN = 10;
  private static final int BUFFER_BYTES = 1 << 16;

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Endpoint server;
  private final HonestPath path;
  private final Random random;
  private final List<Fault> faults;
  private final List<Damage> done = new ArrayList<>();

  FaultyProxy(Endpoint server, HonestPath path, long seed) throws IOException {
    this.server = server;
    this.path = path;
    random = new Random(seed);
    faults = Arrays.stream(Fault.values()).filter(each -> each.suits(path.script())).toList();
    Thread thread = new Thread(this::serve, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  Endpoint endpoint() {
    return TcpEndpoint.of("127.0.0.1", listener.getLocalPort());
  }

  /** What it has done so far, in order. */
  List<Damage> done() {
    synchronized (done) {
      return List.copyOf(done);
    }
  }

  private void serve() {
    NetworkEndpoint to = (NetworkEndpoint) server;
    try (Socket near = listener.accept();
        Socket far = new Socket(to.host(), to.port())) {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      Thread there = new Thread(() -> copy(near, far), "faulty-proxy-there");
      there.setDaemon(true);
      there.start();
      back(far, near);
    } catch (IOException e) {
      // The run is over, and its connection with it.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // The other direction sees it too.
    }
  }

  private void back(Socket far, Socket near) throws IOException {
    InputStream in = new BufferedInputStream(far.getInputStream(), BUFFER_BYTES);
    OutputStream out = new BufferedOutputStream(near.getOutputStream(), BUFFER_BYTES);
    if (path.script().isFramed()) {
      out.write(in.readNBytes(Preface.BYTES));
    }
    long hit = hit(0);
    for (long each = 0; ; each++) {
      byte[] message = read(in, each, out);
      if (each != hit) {
        out.write(message);
      } else {
        Damage damage = damage(hit);
        for (int more = 1; more < damage.messages(); more++) {
          each++;
          read(in, each, out);
        }
        out.write(damage.joined());
        hit = hit(each / ROUND_MESSAGES + 1);
      }
    }
  }

  /** The client may wait for what was written before it sends more. */
  private byte[] read(InputStream in, long sequence, OutputStream out) throws IOException {
    int length = path.script().bytes(CONNECTION, sequence);
    if (in.available() < length) {
      out.flush();
    }
    byte[] message = in.readNBytes(length);
    if (message.length == 0) {
      throw new IOException("the end");
    }
    return message;
  }

  private long hit(long round) {
    return round * ROUND_MESSAGES + MARGIN + random.nextInt(ROUND_MESSAGES - 2 * MARGIN);
  }

  private Damage damage(long hit) {
    synchronized (done) {
      Fault fault = faults.get(done.size() % faults.size());
      Damage damage = DetectionTest.visible(path, CONNECTION, fault, hit, random);
      done.add(damage);
      return damage;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
