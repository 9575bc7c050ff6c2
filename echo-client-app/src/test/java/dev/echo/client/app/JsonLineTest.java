package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class JsonLineTest {
  @Test
  void drivesNoTerminalAndIsReadBackAsItWas() {
    String text = "\u001b[31m \u009b31m \u202e \u007f \ud83d\ude00 é";

    String line = JsonLine.of(json -> json.name("text").value(text));

    assertThat(line)
        .isEqualTo("{\"text\":\"\\u001b[31m \\u009b31m \\u202e \\u007f \ud83d\ude00 é\"}");
    assertThat(JsonParser.parseString(line).getAsJsonObject().get("text").getAsString())
        .isEqualTo(text);
  }
}
