package dev.echo.websocket;

import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Keys that nobody can foresee, as RFC 6455 (10.3) demands of a client, taken from the system's
 * generator many at a time. One for each event loop.
 */
final class MaskingKeys {
  private static final int BATCH_BYTES = 4096;

  private static final FastThreadLocal<MaskingKeys> KEYS =
      new FastThreadLocal<>() {
        @Override
        protected MaskingKeys initialValue() {
          return new MaskingKeys();
        }
      };

  private final SecureRandom random = new SecureRandom();
  private final byte[] bytes = new byte[BATCH_BYTES];
  private final ByteBuffer keys = ByteBuffer.wrap(bytes).position(BATCH_BYTES);

  private MaskingKeys() {}

  static int next() {
    MaskingKeys own = KEYS.get();
    if (!own.keys.hasRemaining()) {
      own.random.nextBytes(own.bytes);
      own.keys.clear();
    }
    return own.keys.getInt();
  }
}
