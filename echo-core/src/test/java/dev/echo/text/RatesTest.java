package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {
  @ParameterizedTest
  @CsvSource({
    "500, 500",
    "500/s, 500",
    "10k, 10000",
    "10K/s, 10000",
    "2.5k, 2500",
    "1M, 1000000",
    "1G/s, 1000000000",
    "0.5/s, 0.5",
    "0, 0",
    " 7 , 7"
  })
  void readsThem(String text, double perSecond) {
    assertThat(Rates.parse(text)).isEqualTo(perSecond);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1x", "10k/m", "1 k", "max", "1e3", "1/s/s", "٣"})
  void refusesWhatIsNoRate(String text) {
    assertThatThrownBy(() -> Rates.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'"
                + EscapedText.of(text, 100)
                + "' is no rate (expected: such as 500, 10k, 10k/s, 0.5/s)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0/s",
        "0.5|0.5/s",
        "0.03333|0.0333/s",
        "9.999|10/s",
        "12.54|12.5/s",
        "100.4|100/s",
        "20000|20,000/s",
        "1234567.8|1,234,568/s"
      })
  void writesThemForPeople(double perSecond, String text) {
    assertThat(Rates.format(perSecond)).isEqualTo(text);
  }
}
