package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "64, 64",
    "64B, 64",
    "1k, 1000",
    "1K, 1000",
    "1kB, 1000",
    "1Ki, 1024",
    "64KiB, 65536",
    "64kib, 65536",
    "1.5MB, 1500000",
    "100M, 100000000",
    "1GiB, 1073741824",
    "2T, 2000000000000",
    "9223372036854775807, 9223372036854775807"
  })
  void readsPowersOfThousandAndOf1024(String text, long bytes) {
    assertThat(Sizes.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1iB", "1x", "1 k", "1kk", "0x10", "1e3", "٣"})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> Sizes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + EscapedText.of(text, 100) + "' is no size (expected: such as 64, 1k, 64KiB)");
  }

  @ParameterizedTest
  @CsvSource({"1.5, is no whole number of bytes", "9999999999T, is too large"})
  void refusesWhatIsNoNumberOfBytes(String text, String why) {
    assertThatThrownBy(() -> Sizes.parse(text)).hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "12, 12 B",
    "999, 999 B",
    "1000, 1 KB",
    "4200, 4.2 KB",
    "9960, 10 KB",
    "999600, 1 MB",
    "104857600, 105 MB",
    "20000000000, 20 GB",
    "9223372036854775807, 9.2 EB"
  })
  void writesThemForPeople(long bytes, String text) {
    assertThat(Sizes.format(bytes)).isEqualTo(text);
    assertThat(Sizes.formatRate((double) bytes)).isEqualTo(text + "/s");
  }

  @ParameterizedTest
  @CsvSource({"262144, 256 KiB", "1048576, 1 MiB", "4294967296, 4 GiB", "100000, 100 KB", "0, 0 B"})
  void writesLimitsAsTheyWereSet(long bytes, String text) {
    assertThat(Sizes.formatLimit(bytes)).isEqualTo(text);
  }
}
