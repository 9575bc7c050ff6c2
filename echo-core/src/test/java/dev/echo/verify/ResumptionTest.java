package dev.echo.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumptionTest {
  @ParameterizedTest
  @CsvSource({
    "abcdefgh, Abcdefgh, CORRUPT, 1",
    "abcdefgh, ABCDefgh, CORRUPT, 4",
    "abcdefgh, ABCDEFGH, CORRUPT, 8",
    "d, D, CORRUPT, 1",
    "abcdefgh, -abcdefg, SHIFTED, 1",
    "abcdefgh, --abcdefgh, SHIFTED, 2",
    "abcdefgh, cdefgh, SHIFTED, -2",
    "abcdefgh, x, UNKNOWN, 0",
    "abcdefgh, zyx, UNKNOWN, 0",
  })
  void saysWhatHappenedIfWhatFollowsShowsIt(
      String sent, String came, Verdict verdict, long amount) {
    Finding found = Resumption.find(bytes(sent), bytes(came), 100);

    assertThat(found.verdict()).isEqualTo(verdict);
    assertThat(found.amount()).isEqualTo(amount);
    assertThat(found.offset()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "\\nnext line, \\r\\nnext line, LF became CRLF",
    "\\r\\nnext, \\nnext, CRLF became LF"
  })
  void namesChangedLineEnds(String sent, String came, String words) {
    Finding found = Resumption.find(bytes(unescaped(sent)), bytes(unescaped(came)), 0);

    assertThat(found.verdict()).isEqualTo(Verdict.SHIFTED);
    assertThat(found.words()).endsWith("(" + words + ")");
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
