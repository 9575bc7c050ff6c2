package dev.echo.limit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cookies that are made again to be checked, so that a source which never returns its own costs
 * nothing: HMAC-SHA-256 over address, port and time slot, cut to 64 bits. A cookie is good in the
 * slot in which it was made and in the next. Belongs to one event loop.
 */
final class Cookies {
  static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int MAX_INPUT_BYTES = 16 + Short.BYTES + Long.BYTES;

  private final Mac mac;

  Cookies() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  long make(InetSocketAddress source, long nowNanos) {
    return inSlot(source, Math.floorDiv(nowNanos, SLOT_NANOS));
  }

  boolean isGood(InetSocketAddress source, long cookie, long nowNanos) {
    long slot = Math.floorDiv(nowNanos, SLOT_NANOS);
    return cookie == inSlot(source, slot) || cookie == inSlot(source, slot - 1);
  }

  private long inSlot(InetSocketAddress source, long slot) {
    ByteBuffer input =
        ByteBuffer.allocate(MAX_INPUT_BYTES)
            .put(source.getAddress().getAddress())
            .putShort((short) source.getPort())
            .putLong(slot)
            .flip();
    mac.update(input);
    return ByteBuffer.wrap(mac.doFinal()).getLong();
  }
}
