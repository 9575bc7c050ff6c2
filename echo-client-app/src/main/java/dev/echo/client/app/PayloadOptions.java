package dev.echo.client.app;

import dev.echo.payload.PayloadSource;
import dev.echo.text.EscapedText;
import dev.echo.text.FileNames;
import dev.echo.text.Sizes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what each message of a load is. */
final class PayloadOptions {
  private static final int MAX_SHOWN = 200;
  private static final String STANDARD_INPUT = "-";
  private static final PayloadSource DEFAULT = new PayloadSource.Generated(64, 64);

  private PayloadSource.@Nullable Generated generated;

  @Option(
      names = "-s",
      order = 5,
      paramLabel = "SIZE",
      description = "bytes of each message: 64, 1k, or 64..1500 (default: 64)")
  void size(String text) {
    int dots = text.indexOf("..");
    try {
      int least = bytes(dots < 0 ? text : text.substring(0, dots));
      int most = dots < 0 ? least : bytes(text.substring(dots + 2));
      generated = new PayloadSource.Generated(least, most);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("-s: " + e.getMessage());
    }
  }

  @Option(
      names = "-f",
      order = 6,
      paramLabel = "FILE",
      description = "send its bytes in each message; - is standard input (default: what -s says)")
  private @Nullable String file;

  /**
   * What is sent.
   *
   * @throws IllegalArgumentException if both are given, or the file cannot be read
   */
  PayloadSource source(InputStream in) {
    if (file == null) {
      return generated == null ? DEFAULT : generated;
    }
    if (generated != null) {
      throw new IllegalArgumentException("-s and -f: one of them");
    }
    return file.equals(STANDARD_INPUT)
        ? new PayloadSource.Fixed(read(in), "standard input")
        : ofFile(file);
  }

  /** What is read, and must not be written over. */
  Stream<Path> files() {
    return Stream.ofNullable(file)
        .filter(name -> !name.equals(STANDARD_INPUT))
        .map(FileNames::path);
  }

  private static PayloadSource ofFile(String name) {
    try (InputStream in = Files.newInputStream(FileNames.path(name))) {
      return new PayloadSource.Fixed(read(in), name);
    } catch (NoSuchFileException e) {
      throw unreadable(name, "no such file");
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(name, String.valueOf(e.getMessage()));
    }
  }

  /** One byte more than is allowed, so that too much is refused as such. */
  private static byte[] read(InputStream in) {
    try {
      return in.readNBytes(PayloadSource.MAX_BYTES + 1);
    } catch (IOException e) {
      throw unreadable("standard input", String.valueOf(e.getMessage()));
    }
  }

  private static IllegalArgumentException unreadable(String name, String why) {
    return new IllegalArgumentException(
        "-f: cannot read " + EscapedText.of(name, MAX_SHOWN) + ": " + why);
  }

  private static int bytes(String text) {
    return (int) Math.min(Integer.MAX_VALUE, Sizes.parse(text));
  }
}
