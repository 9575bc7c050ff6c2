package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.echo.testing.BufferKind;
import dev.echo.testing.Bytes;
import dev.echo.testing.DecoderVerifier;
import dev.echo.testing.Script.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Feeds any bytes, cut anywhere, to the decoder and the aggregator of either side. Whatever comes
 * out must come out uncut too, by one of our own exceptions if not by a message.
 *
 * <p>An input begins with five bytes: which side reads (bit 0, set: the client) and whether frames
 * are limited (bit 1), then four lengths, less one, of the parts that the rest is cut into, in
 * turn. The seeds beside this class say in their names what they hold. As a plain test it plays the
 * seeds; with {@code JAZZER_FUZZ=1} it looks for more.
 */
class FrameFuzzTest {
  private static final int OPTIONS = 0;
  private static final int CLIENT = 1;
  private static final int LIMITED = 2;
  private static final int LENGTHS = 4;
  private static final int START = 1 + LENGTHS;
  private static final int MAX_FRAME_BYTES = 40;
  private static final int MAX_MESSAGE_BYTES = 50;

  private static final Set<Failure> KNOWN =
      Set.of(
          new Failure(NotFramesException.class),
          new Failure(MalformedFrameException.class),
          new Failure(TruncatedFrameException.class));

  @FuzzTest(maxDuration = "60s")
  void comesOutTheSameHoweverItIsCut(byte[] data) {
    if (data.length <= START) {
      return;
    }
    byte[] input = Arrays.copyOfRange(data, START, data.length);
    int[] cuts = cuts(data, input.length);

    compare(DecoderVerifier.streaming(() -> decoder(data[OPTIONS])), input, cuts, 1);
    compare(
        DecoderVerifier.gathering(
            () -> List.of(decoder(data[OPTIONS]), new FrameAggregator(MAX_MESSAGE_BYTES))),
        input,
        cuts,
        2);
  }

  private static void compare(
      DecoderVerifier verifier, byte[] input, int[] cuts, int mostFailures) {
    List<Object> uncut = verifier.run(BufferKind.HEAP, input);

    assertThat(verifier.run(BufferKind.SLICE, input, cuts)).isEqualTo(uncut);
    List<Object> failures = uncut.stream().filter(Failure.class::isInstance).toList();
    assertThat(KNOWN).containsAll(failures.stream().map(Failure.class::cast).toList());
    assertThat(failures).hasSizeLessThanOrEqualTo(mostFailures);
    int payloadBytes =
        uncut.stream().mapToInt(each -> each instanceof Bytes bytes ? bytes.size() : 0).sum();
    assertThat(payloadBytes).isLessThanOrEqualTo(input.length);
  }

  private static FrameDecoder decoder(byte options) {
    long limit = (options & LIMITED) != 0 ? MAX_FRAME_BYTES : FrameHeader.MAX_LENGTH;
    return (options & CLIENT) != 0 ? FrameDecoder.forClient(limit) : FrameDecoder.forServer(limit);
  }

  private static int[] cuts(byte[] data, int length) {
    IntStream.Builder cuts = IntStream.builder();
    int at = 0;
    for (int i = 0; ; i++) {
      at += 1 + (data[1 + i % LENGTHS] & 0xFF);
      if (at >= length) {
        return cuts.build().toArray();
      }
      cuts.add(at);
    }
  }
}
