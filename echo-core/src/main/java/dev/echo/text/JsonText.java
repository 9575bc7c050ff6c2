package dev.echo.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object on one line, for programs that carry no JSON library. Not thread-safe.
 *
 * <pre>{@code new JsonText().add("a", 1).begin("b").add("c", "x").end().finish()}</pre>
 */
public final class JsonText {
  private final StringBuilder text = new StringBuilder("{");
  private boolean isFirst = true;

  /** Begins the object. */
  public JsonText() {}

  /**
   * Adds a text.
   *
   * @param name of the field
   * @param value any text, or null for {@code null}
   * @return this
   */
  public JsonText add(String name, @Nullable String value) {
    if (value == null) {
      return addNull(name);
    }
    field(name);
    quote(value);
    return this;
  }

  /**
   * Adds a number.
   *
   * @param name of the field
   * @param value any number
   * @return this
   */
  public JsonText add(String name, long value) {
    field(name);
    text.append(value);
    return this;
  }

  /**
   * Adds {@code null}.
   *
   * @param name of the field
   * @return this
   */
  public JsonText addNull(String name) {
    field(name);
    text.append("null");
    return this;
  }

  /**
   * Begins an object inside of this one.
   *
   * @param name of the field
   * @return this
   */
  public JsonText begin(String name) {
    field(name);
    text.append('{');
    isFirst = true;
    return this;
  }

  /**
   * Ends an object inside.
   *
   * @return this
   */
  public JsonText end() {
    text.append('}');
    isFirst = false;
    return this;
  }

  /**
   * Ends the whole.
   *
   * @return the text
   */
  public String finish() {
    return text.append('}').toString();
  }

  private void field(String name) {
    if (!isFirst) {
      text.append(',');
    }
    isFirst = false;
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
