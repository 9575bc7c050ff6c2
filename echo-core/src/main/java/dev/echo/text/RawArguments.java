package dev.echo.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words of the command line as the user wrote them. In a locale without UTF-8 (the usual one of
 * a container) Java turns every other letter into a question mark before {@code main} sees it;
 * where the system shows the bytes they are decoded again.
 */
public final class RawArguments {
  private static final char REPLACEMENT = '\uFFFD';

  private static final int SHOWN = 100;

  private RawArguments() {}

  /**
   * Decodes the words again if that may make a difference.
   *
   * @param args as {@code main} got them
   * @return the same number of words
   * @throws IllegalArgumentException if a word is no UTF-8, so that it cannot be sent as it is
   */
  public static String[] of(String[] args) {
    boolean exact =
        System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8")
            && Arrays.stream(args).noneMatch(arg -> arg.indexOf(REPLACEMENT) >= 0);
    if (exact || Arrays.stream(args).allMatch(RawArguments::isAscii)) {
      return args;
    }
    try {
      return decode(args, Files.readAllBytes(Path.of("/proc/self/cmdline")));
    } catch (IOException e) {
      return args;
    }
  }

  /** The last words of a command line are those of {@code main}; each ends with a zero. */
  static String[] decode(String[] args, byte[] commandLine) {
    List<byte[]> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        words.add(Arrays.copyOfRange(commandLine, start, i));
        start = i + 1;
      }
    }
    if (words.size() < args.length) {
      return args;
    }
    String[] decoded = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      decoded[i] = decode(words.get(words.size() - args.length + i));
    }
    return decoded;
  }

  private static String decode(byte[] word) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(word)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("'" + EscapedText.of(word, SHOWN) + "' is not UTF-8", e);
    }
  }

  private static boolean isAscii(String arg) {
    return arg.chars().allMatch(c -> c < 0x80);
  }
}
