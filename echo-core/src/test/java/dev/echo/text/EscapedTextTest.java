package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "Hello, world", "Grüße", "日本語", "🙂", "ß€ñ"})
  void showsTextAsItIs(String text) {
    assertThat(EscapedText.of(text, 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "000a, \\n",
    "000d, \\r",
    "0009, \\t",
    "0000, \\x00",
    "001b, \\x1b",
    "007f, \\x7f",
    "005c, \\\\",
    "0085, \\u0085",
    "009b, \\u009b",
    "00a0, \\u00a0",
    "00ad, \\u00ad",
    "0301, \\u0301",
    "200b, \\u200b",
    "2028, \\u2028",
    "202e, \\u202e",
    "2066, \\u2066",
    "feff, \\ufeff",
    "e000, \\ue000",
    "fffe, \\ufffe",
    "e0001, \\u{e0001}",
    "05d0, \\u05d0",
    "0627, \\u0627",
    "0661, \\u0661",
    "0903, \\u0903",
    "20dd, \\u20dd",
    "115f, \\u115f",
    "3164, \\u3164",
    "2800, \\u2800",
    "10800, \\u{10800}"
  })
  void writesOutWhatActsOnTerminal(String codePoint, String shown) {
    String text = Character.toString(Integer.parseInt(codePoint, 16));

    assertThat(EscapedText.of("a" + text + "b", 100)).isEqualTo("a" + shown + "b");
  }

  @ParameterizedTest
  @CsvSource({
    "ff, \\xff",
    "80, \\x80",
    "c3, \\xc3",
    "c080, \\xc0\\x80",
    "c1bf, \\xc1\\xbf",
    "e282, \\xe2\\x82",
    "e08080, \\xe0\\x80\\x80",
    "eda080, \\xed\\xa0\\x80",
    "f0808080, \\xf0\\x80\\x80\\x80",
    "f4908080, \\xf4\\x90\\x80\\x80",
    "f5808080, \\xf5\\x80\\x80\\x80",
    "c341, \\xc3A",
    "fe4543484f0d0a01, \\xfeECHO\\r\\n\\x01"
  })
  void writesOutBytesThatAreNoUtf8(String hex, String shown) {
    assertThat(EscapedText.of(java.util.HexFormat.of().parseHex(hex), 100)).isEqualTo(shown);
  }

  @Test
  void saysHowMuchItLeavesOut() {
    assertThat(EscapedText.of("x".repeat(4210), 10)).isEqualTo("xxxxxxxxxx... 4.2 KB more");
    assertThat(EscapedText.of("xxxxxxxxxx", 10)).isEqualTo("xxxxxxxxxx");
    assertThat(EscapedText.of("xxxxxxxxx\n", 10)).isEqualTo("xxxxxxxxx... 1 B more");
    assertThat(EscapedText.of("xxxxxxxxx🙂", 10)).isEqualTo("xxxxxxxxx... 4 B more");
    assertThat(EscapedText.of("abc", 0)).isEqualTo("... 3 B more");
  }

  @Test
  void showsABeginningWithoutCounting() {
    ByteBuf bytes = Unpooled.copiedBuffer("xxxxxxxxx🙂", StandardCharsets.UTF_8);

    assertThat(EscapedText.beginningOf(bytes, 11)).isEqualTo("xxxxxxxxx🙂");
    assertThat(EscapedText.beginningOf(bytes, 10)).isEqualTo("xxxxxxxxx...");
    assertThat(EscapedText.beginningOf(bytes, 0)).isEqualTo("...");
    assertThat(bytes.readableBytes()).isEqualTo(13);
  }

  @Test
  void leavesTheBufferAsItIs() {
    ByteBuf bytes = Unpooled.copiedBuffer("  Hello", StandardCharsets.US_ASCII);
    bytes.readerIndex(2);

    String line = EscapedText.of(bytes, 100);

    assertThat(line).isEqualTo("Hello");
    assertThat(bytes.readerIndex()).isEqualTo(2);
    assertThat(bytes.readableBytes()).isEqualTo(5);
    assertThat(bytes.refCnt()).isEqualTo(1);
    bytes.release();
  }

  @Test
  void passesNothingThatActsWhateverComes() {
    for (long seed = 0; seed < 2000; seed++) {
      byte[] bytes = new byte[64];
      new Random(seed).nextBytes(bytes);

      String line = EscapedText.of(bytes, 1000);

      assertThat(line.codePoints())
          .as("seed %d: %s", seed, line)
          .allMatch(c -> c == ' ' || isHarmless(c));
    }
  }

  private static boolean isHarmless(int codePoint) {
    int type = Character.getType(codePoint);
    return !Character.isISOControl(codePoint)
        && !Character.isWhitespace(codePoint)
        && type != Character.FORMAT
        && type != Character.SURROGATE;
  }
}
