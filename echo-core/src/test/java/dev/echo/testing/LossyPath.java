package dev.echo.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Stands between a client and a server and does to each datagram what a plan says, and lets those
 * behind the plan pass. It waits for the server's answer before it takes the next, so the plan
 * alone decides in what order things happen.
 */
public final class LossyPath implements AutoCloseable {
  /** What happens to one datagram. */
  public enum Fate {
    /** It comes and goes. */
    PASS,
    /** The server never gets it. */
    LOSE_THERE,
    /** The server gets it, and its answer never comes. */
    LOSE_BACK,
    /** The server gets it twice. */
    DOUBLE_THERE,
    /** The answer comes twice. */
    DOUBLE_BACK,
    /** The answer comes after the next one. */
    HOLD,
    /** One bit of the answer is wrong. */
    RUIN
  }

  private final List<Fate> plan;
  private final DatagramSocket front;
  private final DatagramSocket back;
  private final SocketAddress server;
  private final Thread thread;
  private byte[] held = {};

  /** Begins; it ends when it is closed. */
  public LossyPath(List<Fate> plan, int serverPort) throws IOException {
    this.plan = plan;
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    front = new DatagramSocket(0, loopback);
    back = new DatagramSocket(0, loopback);
    server = new InetSocketAddress(loopback, serverPort);
    back.setSoTimeout(5000);
    thread = new Thread(this::run, "lossy-path");
    thread.start();
  }

  /**
   * Makes a plan. The last one passes, so that its count says what became of all others.
   *
   * @param seed of a random plan; one in three datagrams has a fate other than to pass
   * @param length in datagrams
   */
  public static List<Fate> plan(int seed, int length) {
    Random random = new Random(seed);
    Fate[] all = Fate.values();
    List<Fate> plan = new ArrayList<>();
    for (int i = 0; i < length - 2; i++) {
      boolean afterHold = i > 0 && plan.get(i - 1) == Fate.HOLD;
      plan.add(random.nextInt(3) > 0 || afterHold ? Fate.PASS : all[random.nextInt(all.length)]);
    }
    plan.add(Fate.PASS);
    plan.add(Fate.PASS);
    return plan;
  }

  /** Where a client sends to. */
  public int port() {
    return front.getLocalPort();
  }

  private void run() {
    try {
      for (int i = 0; ; i++) {
        Fate fate = i < plan.size() ? plan.get(i) : Fate.PASS;
        DatagramPacket request = new DatagramPacket(new byte[70_000], 70_000);
        front.receive(request);
        pass(fate, request);
      }
    } catch (SocketException closed) {
      // The test is over.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pass(Fate fate, DatagramPacket request) throws IOException {
    SocketAddress client = request.getSocketAddress();
    if (fate == Fate.LOSE_THERE) {
      return;
    }
    byte[] answer = ask(request);
    switch (fate) {
      case PASS -> answer(answer, client);
      case LOSE_BACK -> {}
      case DOUBLE_THERE -> {
        answer(answer, client);
        answer(ask(request), client);
      }
      case DOUBLE_BACK -> {
        answer(answer, client);
        answer(answer, client);
      }
      case HOLD -> held = answer;
      case RUIN -> {
        answer[answer.length - 1] ^= 1;
        answer(answer, client);
      }
      case LOSE_THERE -> throw new AssertionError();
    }
    if (fate != Fate.HOLD && fate != Fate.LOSE_BACK && held.length > 0) {
      byte[] late = held;
      held = new byte[0];
      answer(late, client);
    }
  }

  private byte[] ask(DatagramPacket request) throws IOException {
    back.send(new DatagramPacket(request.getData(), request.getLength(), server));
    DatagramPacket answer = new DatagramPacket(new byte[70_000], 70_000);
    back.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  private void answer(byte[] bytes, SocketAddress client) throws IOException {
    front.send(new DatagramPacket(bytes, bytes.length, client));
  }

  @Override
  public void close() {
    front.close();
    Eventually.eventually("the path has ended", () -> !thread.isAlive());
    back.close();
  }
}
