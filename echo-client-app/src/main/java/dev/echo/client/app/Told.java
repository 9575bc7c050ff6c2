package dev.echo.client.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.echo.text.EscapedText;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object that a peer sent, read without trust: a field that is absent, or of another type, is
 * not told, and never a default. Null is a value with a meaning of its own. Texts are escaped.
 */
final class Told {
  private static final String NOT_TOLD = "not told";
  private static final int MAX_SHOWN = 200;

  /** A whole number that a {@code long} holds. */
  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,17}");

  private final JsonObject object;

  Told(JsonObject object) {
    this.object = object;
  }

  /** An object inside of this one; tells nothing if there is none. */
  Told object(String name) {
    return object.get(name) instanceof JsonObject inner
        ? new Told(inner)
        : new Told(new JsonObject());
  }

  /** An object in words, or what its absence by {@code null} means. */
  String of(String name, String none, Function<Told, String> words) {
    JsonElement value = object.get(name);
    return value instanceof JsonObject inner ? words.apply(new Told(inner)) : other(value, none);
  }

  String text(String name) {
    JsonElement value = object.get(name);
    return value instanceof JsonPrimitive text && text.isString()
        ? EscapedText.of(text.getAsString(), MAX_SHOWN)
        : other(value, "none");
  }

  /** A whole number, 0 or more; {@code null} is no limit. */
  String number(String name, LongFunction<String> words) {
    JsonElement value = object.get(name);
    return value instanceof JsonPrimitive number
            && number.isNumber()
            && WHOLE.matcher(number.getAsString()).matches()
        ? words.apply(number.getAsLong())
        : other(value, "no limit");
  }

  private static String other(@Nullable JsonElement value, String none) {
    return value != null && value.isJsonNull() ? none : NOT_TOLD;
  }
}
