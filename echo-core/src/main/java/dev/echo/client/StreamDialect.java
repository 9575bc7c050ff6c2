package dev.echo.client;

import dev.echo.frame.Preface;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** Stream mode: bytes go out as they are, and the boundaries of messages exist here only. */
final class StreamDialect implements Dialect {
  private final Expectations expectations;
  private final ClientConfig config;
  private final ChannelFutureListener written;

  /** The first bytes that were sent, as many as a preface has. */
  private long opening;

  private int openingBytes;

  StreamDialect(ClientConfig config, Expectations expectations, ChannelFutureListener written) {
    this.config = config;
    this.expectations = expectations;
    this.written = written;
  }

  @Override
  public Peer peer() {
    return Peer.PLAIN;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Message message, ByteBuf piece) {
    checkOpening(piece);
    expectations.begin(message);
    expectations.add(Expected.piece(message, piece));
    ctx.write(piece).addListener(written);
  }

  @Override
  public void end(ChannelHandlerContext ctx, Message message) {
    expectations.begin(message);
    Expected newest = expectations.newest();
    if (newest == null || newest.message() != message) {
      newest = Expected.piece(message, Unpooled.EMPTY_BUFFER);
      expectations.add(newest);
    }
    newest.markLast();
    expectations.settle();
  }

  @Override
  public void read(Object received) throws EchoException {
    if (received instanceof ByteBuf bytes) {
      Replies.show(bytes, config.replies());
      expectations.verify(bytes);
    }
  }

  @Override
  public @Nullable EchoException explain(Throwable cause) {
    return null;
  }

  @Override
  public void release() {}

  private void checkOpening(ByteBuf piece) {
    long word = opening;
    int bytes = openingBytes;
    for (int i = piece.readerIndex(); i < piece.writerIndex() && bytes < Preface.BYTES; i++) {
      word = word << Byte.SIZE | piece.getUnsignedByte(i);
      bytes++;
    }
    if (openingBytes < Preface.BYTES
        && bytes == Preface.BYTES
        && Preface.isRequest(word)
        && config.prefaceData() == PrefaceData.REFUSE) {
      piece.release();
      throw new IllegalArgumentException(
          "data begins with the preface of frames mode, which a server may take for frames");
    }
    opening = word;
    openingBytes = bytes;
  }
}
