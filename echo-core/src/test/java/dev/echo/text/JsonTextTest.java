package dev.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void writesNestedObjects() {
    String text =
        new JsonText()
            .add("a", 1)
            .begin("b")
            .add("c", "x")
            .addNull("d")
            .end()
            .begin("e")
            .end()
            .add("f", null)
            .finish();

    assertThat(text).isEqualTo("{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null},\"e\":{},\"f\":null}");
  }

  @Test
  void escapesWhateverAPeerChose() {
    String odd = "\"\\\n\u0000\u001f\u2028\ud800 \u00e9\ud83d\ude00";

    String text = new JsonText().add("a", odd).finish();

    assertThat(text.chars()).allMatch(c -> c >= ' ' && c != 0x2028);
    assertThat(JsonParser.parseString(text).getAsJsonObject().get("a").getAsString())
        .isEqualTo(odd);
  }
}
