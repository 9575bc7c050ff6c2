package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.Eventually;
import dev.echo.testing.Peer;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What an echo server on Netty easily gets wrong, each as a check of whatever listens on a port. A
 * check that no server can fail proves nothing: {@code NegativeControlTest} shows each one red.
 */
enum Trap {
  /** The tail is lost when the peer finishes while the echo is still to be written. */
  HALF_CLOSE {
    @Override
    void check(int port) throws Exception {
      byte[] sent = random(24 << 20);
      try (Peer peer = new Peer(Peer.tcp(port, 4096))) {
        var sending = peer.sendAndFinishBeside(sent);
        // Whoever reads everything at once has it all by now, and the FIN too.
        Thread.onSpinWait();
        waitUntilDoneOrStuck(sending);

        byte[] echoed = peer.readToEnd();

        assertThat(echoed.length).as("bytes echoed").isEqualTo(sent.length);
        assertThat(echoed).isEqualTo(sent);
      }
    }
  },
  /** Everything is read from a peer that does not read, into the process's memory. */
  BACK_PRESSURE {
    @Override
    void check(int port) throws Exception {
      long before = usedBytes();
      List<SocketChannel> peers = new ArrayList<>();
      try {
        for (int i = 0; i < PEERS; i++) {
          SocketChannel peer = Peer.unread(port);
          peers.add(peer);
          long taken = Peer.fill(peer, 65536, FILL_BYTES, 300);

          assertThat(taken).as("bytes taken from a peer that does not read").isLessThan(FILL_BYTES);
        }
        assertThat((usedBytes() - before) / PEERS)
            .as("bytes held for each")
            .isLessThan(CEILING_BYTES + CEILING_BYTES / 2);
      } finally {
        for (SocketChannel peer : peers) {
          peer.close();
        }
      }
    }
  },
  /** A peer's reset is reported as if the server were broken. */
  RESET {
    @Override
    void check(int port) throws Exception {
      PrintStream before = System.err;
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
      try {
        for (int i = 0; i < 20; i++) {
          Peer peer = new Peer(Peer.tcp(port, 4096));
          peer.send(new byte[100_000]);
          peer.read(1);
          peer.reset();
        }
        Peer last = new Peer(port);
        last.send((byte) 1);
        assertThat(last.read(1)).containsExactly(1);
        last.close();
      } finally {
        System.setErr(before);
      }
      assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Exception");
    }
  };

  static final int CEILING_BYTES = 256 * 1024;
  private static final int PEERS = 8;
  private static final long FILL_BYTES = 48L << 20;

  abstract void check(int port) throws Exception;

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static void waitUntilDoneOrStuck(java.util.concurrent.CompletableFuture<?> sending) {
    long start = System.nanoTime();
    Eventually.eventually(
        "sent, or held back", () -> sending.isDone() || System.nanoTime() - start > 1_000_000_000L);
  }

  private static long usedBytes() {
    return ((io.netty.buffer.ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
        .metric()
        .usedDirectMemory();
  }
}
