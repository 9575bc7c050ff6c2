package dev.echo.client;

import dev.echo.client.SentDatagram.State;
import dev.echo.frame.DatagramFrame;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import dev.echo.frame.Stamp;
import dev.echo.verify.Comparison;
import dev.echo.verify.Finding;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of the datagrams of one socket: finds what an arriving one belongs to, by sequence
 * or by content, verifies it in full, and counts. It remembers settled ones for a while, so that
 * copies and late ones are known as such. Event loop only.
 */
final class DatagramLedger {
  private static final int MAX_REMEMBERED = 8192;
  private static final long MAX_REMEMBERED_BYTES = 16L << 20;

  private final ClientMode mode;
  private final Map<Long, SentDatagram> bySequence = new HashMap<>();
  private final Map<ByteBuf, Deque<SentDatagram>> byContent = new HashMap<>();
  private final Deque<SentDatagram> remembered = new ArrayDeque<>();
  private final LossTally losses = new LossTally();
  private long rememberedBytes;
  private long sent;
  private long echoed;
  private long late;
  private long lost;
  private long duplicated;
  private long reordered;
  private long wrong;
  private long surplus;
  private long nextExpected;
  private volatile Peer peer;

  DatagramLedger(ClientMode mode) {
    this.mode = mode;
    peer = mode == ClientMode.FRAMES ? Peer.UNKNOWN : Peer.PLAIN;
  }

  Peer peer() {
    return peer;
  }

  /** How many came that are not what was sent, or that nobody sent. */
  long damaged() {
    return wrong + surplus;
  }

  Counts progress() {
    return new Counts(sent, echoed + late);
  }

  DatagramCounts counts() {
    return new DatagramCounts(
        sent,
        echoed,
        late,
        lost,
        duplicated,
        reordered,
        wrong,
        surplus,
        losses.directions(sent, lost));
  }

  /** Takes over a payload that is about to be sent. */
  SentDatagram send(FrameType type, ByteBuf payload, CompletableFuture<EchoReply> reply) {
    SentDatagram datagram = new SentDatagram(sent++, type, payload, reply);
    if (mode == ClientMode.FRAMES) {
      bySequence.put(datagram.sequence, datagram);
    } else {
      byContent.computeIfAbsent(payload, content -> new ArrayDeque<>()).add(datagram);
    }
    remembered.add(datagram);
    rememberedBytes += payload.readableBytes();
    forgetOldOnes();
    return datagram;
  }

  /** The oldest go first, but none that is still under way. */
  private void forgetOldOnes() {
    while ((remembered.size() > MAX_REMEMBERED || rememberedBytes > MAX_REMEMBERED_BYTES)
        && remembered.element().state != State.OPEN) {
      forget(remembered.remove());
    }
  }

  private void forget(SentDatagram datagram) {
    bySequence.remove(datagram.sequence);
    Deque<SentDatagram> same = byContent.get(datagram.payload);
    if (same != null) {
      same.remove(datagram);
      byContent.remove(datagram.payload);
      if (!same.isEmpty()) {
        // The key must be a buffer that is still held.
        byContent.put(same.element().payload, same);
      }
    }
    rememberedBytes -= datagram.payload.readableBytes();
    ReferenceCountUtil.safeRelease(datagram.payload);
  }

  /** Forgets everything. */
  void close() {
    remembered.forEach(each -> ReferenceCountUtil.safeRelease(each.payload));
    remembered.clear();
    bySequence.clear();
    byContent.clear();
  }

  /** The echo of one did not come in time. */
  void lost(SentDatagram datagram) {
    datagram.state = State.LOST;
    lost++;
  }

  /**
   * Counts what came.
   *
   * @return the datagram whose echo it is, which is now settled; null for copies, for late ones,
   *     and for what is wrong but belongs to none
   */
  @Nullable SentDatagram arrived(ByteBuf datagram) {
    return mode == ClientMode.FRAMES ? arrivedFrame(datagram) : arrivedContent(datagram);
  }

  private @Nullable SentDatagram arrivedFrame(ByteBuf datagram) {
    boolean isAnswer = DatagramFrame.isAnswer(datagram);
    boolean isSound =
        (isAnswer || DatagramFrame.isRequest(datagram)) && DatagramFrame.hasStamp(datagram);
    long sequence = DatagramFrame.claimedSequence(datagram);
    SentDatagram own = bySequence.get(sequence);
    if (own == null) {
      if (!isSound || sequence < 0 || sequence >= sent) {
        surplus++;
      } else {
        // Forgotten, since it was settled long ago: a copy, most likely.
        duplicated++;
      }
      return null;
    }
    if (!isSound) {
      return ruined(own, damage(datagram, own));
    }
    Stamp stamp = Stamp.read(datagram, DatagramFrame.stampIndex(datagram));
    if (isAnswer && own.count != stamp.count()) {
      own.count = stamp.count();
      losses.answered(own.sequence, stamp.count());
    }
    if (own.type.code() != FrameHeader.typeCode(DatagramFrame.header(datagram))
        || !DatagramFrame.stampedPayload(datagram).equals(own.payload)
        || (!isAnswer && stamp.isFilled())) {
      return ruined(own, damage(datagram, own));
    }
    peer = isAnswer ? Peer.AWARE : Peer.PLAIN;
    return settle(own);
  }

  /** What happened to a message: to its payload, or else to what stands in front of it. */
  private static Finding damage(ByteBuf datagram, SentDatagram own) {
    ByteBuf came = DatagramFrame.stampedPayload(datagram);
    return came.equals(own.payload)
        ? Finding.framingLost(MismatchException.Kind.HEADER.toString(), 0)
        : Comparison.of(own.payload, came).judge(came.readableBytes());
  }

  private @Nullable SentDatagram ruined(SentDatagram datagram, Finding finding) {
    if (datagram.state != State.OPEN) {
      surplus++;
      return null;
    }
    wrong++;
    datagram.state = State.WRONG;
    datagram.finding = finding;
    return datagram;
  }

  /** Equal ones cannot be told apart: the oldest that is missing has come. */
  private @Nullable SentDatagram arrivedContent(ByteBuf datagram) {
    Deque<SentDatagram> same = byContent.get(datagram);
    if (same == null) {
      return arrivedDamaged(datagram);
    }
    for (State wanted : new State[] {State.OPEN, State.LOST}) {
      for (SentDatagram each : same) {
        if (each.state == wanted) {
          return settle(each);
        }
      }
    }
    duplicated++;
    return null;
  }

  /** The one that is under way and resembles it, if there is exactly one. */
  private @Nullable SentDatagram arrivedDamaged(ByteBuf datagram) {
    SentDatagram found = null;
    for (SentDatagram each : remembered) {
      if (each.state == State.OPEN && Comparison.of(each.payload, datagram).isResembling()) {
        if (found != null) {
          found = null;
          break;
        }
        found = each;
      }
    }
    if (found == null) {
      surplus++;
      return null;
    }
    Comparison comparison = Comparison.of(found.payload, datagram);
    return ruined(found, comparison.judge(datagram.readableBytes()));
  }

  private @Nullable SentDatagram settle(SentDatagram datagram) {
    switch (datagram.state) {
      case OPEN -> {
        datagram.state = State.ECHOED;
        echoed++;
        if (datagram.sequence < nextExpected) {
          reordered++;
        } else {
          nextExpected = datagram.sequence + 1;
        }
        return datagram;
      }
      case LOST -> {
        datagram.state = State.LATE;
        lost--;
        late++;
        if (datagram.lostBy != null) {
          long nanos = System.nanoTime() - datagram.sentNanos;
          datagram.lostBy.cameLate(Duration.ofNanos(nanos));
        }
        return null;
      }
      case ECHOED, LATE, WRONG -> {
        duplicated++;
        return null;
      }
    }
    throw new AssertionError(datagram.state);
  }
}
