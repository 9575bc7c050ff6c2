package dev.echo.payload;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A user's bytes, the same in every message. */
final class FixedPayloads implements Payloads {
  private final Reference reference;

  FixedPayloads(byte[] bytes) {
    this(new Reference(ByteBuffer.allocateDirect(bytes.length).put(bytes).clear()));
  }

  private FixedPayloads(Reference reference) {
    this.reference = reference;
  }

  @Override
  public int bytes(int connection, long sequence) {
    return reference.length();
  }

  @Override
  public void write(ByteBuf out, int connection, long sequence, int length) {
    reference.write(out, 0, length);
  }

  @Override
  public int agreeing(ByteBuf in, int index, int wanted, int connection, long sequence, int at) {
    return reference.agreeing(in, index, at, wanted);
  }

  @Override
  public boolean isNamed(int length) {
    return false;
  }

  @Override
  public boolean isNaming() {
    return false;
  }

  @Override
  public @Nullable MessageId identify(ByteBuf in, int index) {
    return null;
  }

  @Override
  public Payloads twin() {
    return new FixedPayloads(reference.twin());
  }
}
