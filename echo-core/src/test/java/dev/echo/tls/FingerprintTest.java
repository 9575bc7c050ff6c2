package dev.echo.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static final String HEX =
      "9dbc6332141a9068d4ca314383f52345ea19ce5daa41adaf83c7efecb54bd814";

  @Test
  void readsWhatItPrintsAndWhatOpensslPrints() {
    Fingerprint expected = new Fingerprint(HEX);
    String colons = HEX.toUpperCase(Locale.ROOT).replaceAll("..(?!$)", "$0:");

    assertThat(Fingerprint.parse(expected.toString())).isEqualTo(expected);
    assertThat(Fingerprint.parse(HEX)).isEqualTo(expected);
    assertThat(Fingerprint.parse(colons)).isEqualTo(expected);
    assertThat(Fingerprint.parse("sha256 Fingerprint=" + colons)).isEqualTo(expected);
    assertThat(Fingerprint.parse("SHA256:" + HEX)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256:", "sha1:9dbc", "9dbc6332141a9068", "sha256:zz"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Fingerprint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: sha256:");
  }
}
