package dev.echo.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.echo.text.EscapedText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The fields of one object of JSON. Whatever is not as it should be is said with its place. */
final class Fields {
  private static final int SHOWN = 60;

  /** So that the sum of a few is still a number: as nanoseconds, 36 years. */
  private static final long MOST = 1L << 60;

  /** Makes something of an object. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Fields json) throws ResultFormatException;
  }

  private final String where;
  private final JsonObject object;

  private Fields(String where, JsonObject object) {
    this.where = where;
    this.object = object;
  }

  /**
   * Looks into an element.
   *
   * @param where the place, for what is said when something is wrong
   * @param element an object
   */
  static Fields of(String where, JsonElement element) throws ResultFormatException {
    if (!element.isJsonObject()) {
      throw wrong(where, element, "an object");
    }
    return new Fields(where, element.getAsJsonObject());
  }

  boolean has(String name) {
    return object.has(name) && !object.get(name).isJsonNull();
  }

  boolean isText(String name) {
    return object.get(name) instanceof JsonPrimitive primitive && primitive.isString();
  }

  List<String> names() {
    return List.copyOf(object.keySet());
  }

  Fields object(String name) throws ResultFormatException {
    return of(at(name), get(name, "an object"));
  }

  <T> T object(String name, Reader<T> reader) throws ResultFormatException {
    return object(name).read(reader);
  }

  <T> List<T> objects(String name, Reader<T> reader) throws ResultFormatException {
    List<T> all = new ArrayList<>();
    for (Fields each : objects(name)) {
      all.add(each.read(reader));
    }
    return all;
  }

  /** Makes something of this object, and says where it is if that is refused. */
  <T> T read(Reader<T> reader) throws ResultFormatException {
    try {
      return reader.read(this);
    } catch (IllegalArgumentException e) {
      throw new ResultFormatException(at(TextLines.printable("" + e.getMessage())));
    }
  }

  private List<Fields> objects(String name) throws ResultFormatException {
    List<Fields> all = new ArrayList<>();
    for (JsonElement each : array(name)) {
      all.add(of(at(name) + "[" + all.size() + "]", each));
    }
    return all;
  }

  List<String> texts(String name) throws ResultFormatException {
    List<String> all = new ArrayList<>();
    for (JsonElement each : array(name)) {
      all.add(text(at(name) + "[" + all.size() + "]", each));
    }
    return all;
  }

  String text(String name) throws ResultFormatException {
    return text(at(name), get(name, "a text"));
  }

  /** A count or a time: what was measured is never less than nothing. */
  long number(String name) throws ResultFormatException {
    long value = signed(name);
    if (value < 0 || value > MOST) {
      throw wrong(at(name), object.get(name), "a whole number from 0 to " + MOST);
    }
    return value;
  }

  long signed(String name) throws ResultFormatException {
    JsonElement value = get(name, "a whole number");
    try {
      return decimal(value).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(at(name), value, "a whole number");
    }
  }

  int integer(String name) throws ResultFormatException {
    long value = number(name);
    if (value != (int) value) {
      throw wrong(at(name), object.get(name), "a whole number below 2147483648");
    }
    return (int) value;
  }

  double real(String name) throws ResultFormatException {
    JsonElement value = get(name, "a number");
    try {
      return decimal(value).doubleValue();
    } catch (NumberFormatException e) {
      throw wrong(at(name), value, "a number");
    }
  }

  boolean flag(String name) throws ResultFormatException {
    JsonElement value = get(name, "true or false");
    if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    throw wrong(at(name), value, "true or false");
  }

  Duration signedNanos(String name) throws ResultFormatException {
    return Duration.ofNanos(signed(name));
  }

  Duration nanos(String name) throws ResultFormatException {
    return Duration.ofNanos(number(name));
  }

  <E extends Enum<E>> E word(String name, Class<E> type) throws ResultFormatException {
    return word(at(name), text(name), type);
  }

  static <E extends Enum<E>> E word(String where, String word, Class<E> type)
      throws ResultFormatException {
    E[] all = type.getEnumConstants();
    for (E constant : all) {
      if (Words.of(constant).equals(word)) {
        return constant;
      }
    }
    String allowed = Arrays.stream(all).map(Words::of).collect(Collectors.joining(", "));
    throw wrong(where, new JsonPrimitive(word), allowed);
  }

  /** A field that is wrong in a way that the caller found out. */
  ResultFormatException wrong(String name, String expected) {
    return object.has(name)
        ? wrong(at(name), object.get(name), expected)
        : new ResultFormatException(at(name) + " is missing (expected: " + expected + ")");
  }

  String where() {
    return where;
  }

  private JsonArray array(String name) throws ResultFormatException {
    JsonElement value = get(name, "an array");
    if (!value.isJsonArray()) {
      throw wrong(at(name), value, "an array");
    }
    return value.getAsJsonArray();
  }

  private JsonElement get(String name, String expected) throws ResultFormatException {
    if (!object.has(name)) {
      throw wrong(name, expected);
    }
    return object.get(name);
  }

  private String at(String name) {
    return where + (where.endsWith(": ") ? "" : ".") + name;
  }

  private static BigDecimal decimal(JsonElement value) {
    if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      return value.getAsBigDecimal();
    }
    throw new NumberFormatException();
  }

  private static String text(String where, JsonElement value) throws ResultFormatException {
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw wrong(where, value, "a text");
  }

  private static ResultFormatException wrong(String where, JsonElement came, String expected) {
    return new ResultFormatException(
        where + ": " + EscapedText.of(came.toString(), SHOWN) + " (expected: " + expected + ")");
  }
}
