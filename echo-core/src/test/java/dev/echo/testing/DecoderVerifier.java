package dev.echo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What every decoder has to pass: the same messages come out however the bytes are cut and in
 * whatever buffers they arrive. The bytes are fed whole, byte by byte, in two parts at every place,
 * and cut at random, in every {@link BufferKind}, between guard bytes. Afterwards the input must be
 * unchanged and released, both ends forwarded once, and nothing left inside.
 */
public final class DecoderVerifier {
  private static final List<BufferKind> KINDS = List.of(BufferKind.values());

  /** Above it the two parts are cut at random places only. */
  private static final int MAX_EVERY_CUT_BYTES = 256;

  private static final int RANDOM_CUTS = 8;

  private static final int MAX_RANDOM_CUTS = 64;

  private enum Style {
    STREAMING,
    GATHERING
  }

  private final Supplier<? extends List<? extends ChannelHandler>> decoders;
  private final Style style;

  private DecoderVerifier(
      Supplier<? extends List<? extends ChannelHandler>> decoders, Style style) {
    this.decoders = decoders;
    this.style = style;
  }

  /**
   * Makes a verifier for a decoder that passes payload on as it comes: after every read nothing of
   * it may be held.
   *
   * @param decoder makes one for each run
   * @return the verifier
   */
  public static DecoderVerifier streaming(Supplier<? extends ChannelHandler> decoder) {
    return new DecoderVerifier(() -> List.of(decoder.get()), Style.STREAMING);
  }

  /**
   * Makes a verifier for decoders that may hold what they have read until the connection ends.
   *
   * @param decoders makes the handlers of one run, the first one nearest to the socket
   * @return the verifier
   */
  public static DecoderVerifier gathering(
      Supplier<? extends List<? extends ChannelHandler>> decoders) {
    return new DecoderVerifier(decoders, Style.GATHERING);
  }

  /**
   * Plays a script in every way.
   *
   * @param script what goes in and what has to come out
   */
  public void verify(Script script) {
    byte[] input = script.input().toArray();
    for (BufferKind kind : KINDS) {
      play(script, kind, new int[0], kind + ", whole");
      play(script, kind, everyByte(input.length), kind + ", byte by byte");
    }
    for (int cut = 1; cut < Math.min(input.length, MAX_EVERY_CUT_BYTES); cut++) {
      BufferKind kind = cut % 2 == 0 ? BufferKind.DIRECT : BufferKind.COMPOSITE;
      play(script, kind, new int[] {cut}, kind + ", cut at " + cut);
    }
    for (long seed = 0; seed < RANDOM_CUTS; seed++) {
      Random random = new Random(seed);
      BufferKind kind = KINDS.get(random.nextInt(KINDS.size()));
      play(script, kind, randomCuts(input.length, random), kind + ", cut by seed " + seed);
    }
  }

  /**
   * Plays bytes in one way.
   *
   * @param kind in what buffers
   * @param input the bytes
   * @param cuts where the bytes are cut, ascending
   * @return what came out, both ends included
   */
  public List<Object> run(BufferKind kind, byte[] input, int... cuts) {
    DecoderRun run = new DecoderRun(decoders.get());
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : input.length;
      run.feed(kind, Arrays.copyOfRange(input, from, to));
      if (style == Style.STREAMING) {
        run.checkStreaming();
      }
      from = to;
    }
    return run.end();
  }

  private void play(Script script, BufferKind kind, int[] cuts, String how) {
    List<Object> expected = new ArrayList<>(script.output());
    expected.addAll(List.of(DecoderRun.End.values()));
    try {
      assertThat(run(kind, script.input().toArray(), cuts)).isEqualTo(expected);
    } catch (AssertionError e) {
      throw new AssertionError(how + " of " + script.input() + ": " + e.getMessage(), e);
    }
  }

  private static int[] everyByte(int length) {
    int[] cuts = new int[Math.max(0, length - 1)];
    Arrays.setAll(cuts, i -> i + 1);
    return cuts;
  }

  private static int[] randomCuts(int length, Random random) {
    int count = random.nextInt(Math.min(length, MAX_RANDOM_CUTS) + 1);
    return random.ints(count, 0, length + 1).sorted().toArray();
  }
}
