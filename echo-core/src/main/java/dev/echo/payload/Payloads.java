package dev.echo.payload;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The payload of each message. For one thread at a time. */
sealed interface Payloads permits GeneratedPayloads, FixedPayloads {
  static Payloads of(PayloadSource source, long seed) {
    if (source instanceof PayloadSource.Generated generated) {
      return new GeneratedPayloads(generated, seed);
    }
    if (source instanceof PayloadSource.Fixed fixed) {
      return new FixedPayloads(fixed.bytes());
    }
    throw new IllegalArgumentException("the bytes of " + source + " are not at hand");
  }

  /** The length of a payload. */
  int bytes(int connection, long sequence);

  /** Writes a whole payload, whose length the caller has. */
  void write(ByteBuf out, int connection, long sequence, int length);

  /** Counts how many of the wanted bytes agree with those of the payload from a place on. */
  int agreeing(ByteBuf in, int index, int wanted, int connection, long sequence, int at);

  /** Whether a payload of so many bytes names itself. */
  boolean isNamed(int length);

  /** Whether any payload does. */
  boolean isNaming();

  /** Says which payload begins there, or null. */
  @Nullable MessageId identify(ByteBuf in, int index);

  /** The same for another thread. */
  Payloads twin();
}
