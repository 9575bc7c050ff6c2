package dev.echo.client.app;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The launcher, run in this process with streams that are no terminal. */
record Ran(int status, ByteArrayOutputStream output, ByteArrayOutputStream errors) {
  static Ran of(String... args) {
    return with("", args);
  }

  static Ran with(String input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    byte[] in = input.getBytes(StandardCharsets.UTF_8);
    int status = Main.run(new ByteArrayInputStream(in), out, err, args);
    return new Ran(status, out, err);
  }

  String out() {
    return output.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  /** Standard output as one object a line. */
  List<JsonObject> json() {
    return out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
  }
}
