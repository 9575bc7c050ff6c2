package dev.echo.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * One line of a peer's bytes that is safe to show: UTF-8 letters, digits, signs and plain spaces
 * pass; all else is written out, so no control, format, combining or invisible character reaches a
 * terminal or a log, nor does a byte that is no UTF-8. Letters and digits that are written from
 * right to left are written out too: a terminal would move what stands around them.
 *
 * <pre>
 * line feed, tab ...      \n \r \t
 * other ASCII controls    \x1b
 * bytes that are no UTF-8 \xff
 * code points             &#92;u202e &#92;u{e0001}
 * a backslash             \\
 * </pre>
 *
 * <p>The escapes of {@code \x} above 7f are always bytes that are no UTF-8; a control character
 * beyond ASCII is written as a code point. So the line says exactly which bytes came.
 */
public final class EscapedText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** Letters and signs without a shape: fillers of Hangul, an empty cell of Braille. */
  private static final String BLANKS = "\u115f\u1160\u3164\uffa0\u2800";

  private EscapedText() {}

  /**
   * Shows the readable bytes of a buffer.
   *
   * @param bytes borrowed: neither released nor read, its indices stay where they are
   * @param limit how many characters to show at most; if more come, the count of the bytes that are
   *     left out follows, as in {@code Hello, wo... 4.2 KB more}
   * @return one line
   */
  public static String of(ByteBuf bytes, int limit) {
    StringBuilder line = new StringBuilder(Math.min(limit, bytes.readableBytes()) + 16);
    int left = append(line, bytes, limit);
    return left == 0
        ? line.toString()
        : line.append("... ").append(Sizes.format((long) left)).append(" more").toString();
  }

  /**
   * Shows how the readable bytes of a buffer begin, where the reader is told elsewhere how many
   * there are.
   *
   * @param bytes borrowed: neither released nor read, its indices stay where they are
   * @param limit how many characters to show at most; {@code ...} follows if more come
   * @return one line
   */
  public static String beginningOf(ByteBuf bytes, int limit) {
    StringBuilder line = new StringBuilder(Math.min(limit, bytes.readableBytes()) + 16);
    return append(line, bytes, limit) == 0 ? line.toString() : line.append("...").toString();
  }

  /** Returns how many bytes are left out. */
  private static int append(StringBuilder line, ByteBuf bytes, int limit) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      int before = line.length();
      int codePoint = codePoint(bytes, at, end);
      if (codePoint < 0) {
        appendByte(line, bytes.getUnsignedByte(at));
      } else {
        append(line, codePoint);
      }
      if (line.length() > limit) {
        line.setLength(before);
        return end - at;
      }
      at += codePoint < 0 ? 1 : utf8Length(codePoint);
    }
    return 0;
  }

  /**
   * Shows an array of bytes.
   *
   * @param bytes not changed
   * @param limit as in {@link #of(ByteBuf, int)}
   * @return one line
   */
  public static String of(byte[] bytes, int limit) {
    return of(Unpooled.wrappedBuffer(bytes), limit);
  }

  /**
   * Shows a text that may have come from anywhere; what is left out counts in bytes of UTF-8. Half
   * of a surrogate pair is shown as a question mark.
   *
   * @param text any text
   * @param limit as in {@link #of(ByteBuf, int)}
   * @return one line
   */
  public static String of(String text, int limit) {
    return of(text.getBytes(StandardCharsets.UTF_8), limit);
  }

  /**
   * Shows a sentence, parts of which may have been escaped already: backslashes stay as they are.
   *
   * @param sentence any text
   * @param limit as in {@link #of(ByteBuf, int)}
   * @return one line
   */
  public static String sentence(String sentence, int limit) {
    return of(sentence, limit).replace("\\\\", "\\");
  }

  /**
   * Escapes in JSON what no terminal should get; whoever reads it as JSON reads the same.
   *
   * @param json a text of JSON, whose writer has escaped the ASCII controls in its strings
   * @return the same JSON, with what is not visible beyond ASCII as four hexadecimal digits
   */
  public static String inJson(String json) {
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); ) {
      int codePoint = json.codePointAt(i);
      int end = i + Character.charCount(codePoint);
      if (codePoint < 0x7f || isVisible(codePoint)) {
        out.append(json, i, end);
      } else {
        for (int at = i; at < end; at++) {
          appendUnit(out, json.charAt(at));
        }
      }
      i = end;
    }
    return out.toString();
  }

  /** The code point that begins here, or -1 if this byte begins no valid one (RFC 3629). */
  private static int codePoint(ByteBuf bytes, int at, int end) {
    int first = bytes.getUnsignedByte(at);
    if (first < 0x80) {
      return first;
    }
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || end - at < length) {
      return -1;
    }
    int codePoint = first & (0xFF >> (length + 1));
    for (int i = 1; i < length; i++) {
      int next = bytes.getUnsignedByte(at + i);
      if ((next & 0xC0) != 0x80) {
        return -1;
      }
      codePoint = (codePoint << 6) | (next & 0x3F);
    }
    boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    boolean valid = utf8Length(codePoint) == length && !surrogate && codePoint <= 0x10FFFF;
    return valid ? codePoint : -1;
  }

  private static int utf8Length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  private static void append(StringBuilder line, int codePoint) {
    switch (codePoint) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      case '\\' -> line.append("\\\\");
      default -> {
        if (isVisible(codePoint)) {
          line.appendCodePoint(codePoint);
        } else if (codePoint < 0x80) {
          appendByte(line, codePoint);
        } else if (codePoint < 0x10000) {
          appendUnit(line, (char) codePoint);
        } else {
          line.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        }
      }
    }
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      // Marks would be drawn over their neighbours, any number of them on top of each other.
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          false;
      default -> BLANKS.indexOf(codePoint) < 0 && isLeftToRight(codePoint);
    };
  }

  /** Or without a direction of its own. */
  private static boolean isLeftToRight(int codePoint) {
    return switch (Character.getDirectionality(codePoint)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
          Character.DIRECTIONALITY_ARABIC_NUMBER ->
          false;
      default -> true;
    };
  }

  private static void appendUnit(StringBuilder line, char unit) {
    line.append("\\u").append(HEX[unit >> 12]).append(HEX[(unit >> 8) & 15]);
    line.append(HEX[(unit >> 4) & 15]).append(HEX[unit & 15]);
  }

  private static void appendByte(StringBuilder line, int value) {
    line.append("\\x").append(HEX[value >> 4]).append(HEX[value & 15]);
  }
}
