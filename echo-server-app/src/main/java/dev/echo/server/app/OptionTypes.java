package dev.echo.server.app;

import dev.echo.caller.ProxyPolicy;
import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Transport;
import dev.echo.frame.FrameHeader;
import dev.echo.limit.DatagramLimits;
import dev.echo.limit.Limits;
import dev.echo.text.Durations;
import dev.echo.text.EscapedText;
import dev.echo.text.FileNames;
import dev.echo.text.Rates;
import dev.echo.text.Sizes;
import dev.echo.tls.TlsProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options; each refusal says what was expected. */
final class OptionTypes {
  private static final int SHOWN_CHARACTERS = 40;

  private static final Pattern COUNT = Pattern.compile("0*[1-9][0-9]{0,9}");

  private OptionTypes() {}

  /** The name of a file, in any locale. */
  static Path file(String value) {
    return read(value, FileNames::path);
  }

  /** A time that may be none at all. */
  static final class Drain implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return read(value, Durations::parse);
    }
  }

  /** A time that must pass, or {@code none}. */
  static final class Timeout implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      if (value.equalsIgnoreCase("none")) {
        return Limits.NEVER;
      }
      Duration timeout = value.strip().equals("0") ? Duration.ZERO : read(value, Durations::parse);
      if (timeout.isZero()) {
        throw refused(value, "more than 0, or none");
      }
      return timeout;
    }
  }

  /** Process memory of a connection. */
  static final class Ceiling implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return bytes(value, 16 << 10, "16KiB to 1GiB");
    }
  }

  /** A receive buffer, or {@code system}. */
  static final class ReceiveBuffer implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return value.equalsIgnoreCase("system")
          ? Limits.SYSTEM_RECEIVE_BUFFER
          : bytes(value, 4 << 10, "4KiB to 1GiB, or system");
    }
  }

  /** The longest frame, or {@code none} for no limit. */
  static final class MaxFrame implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      if (value.equalsIgnoreCase("none")) {
        return FrameHeader.MAX_LENGTH;
      }
      long bytes = read(value, Sizes::parse);
      if (bytes > FrameHeader.MAX_LENGTH) {
        throw refused(value, "at most " + FrameHeader.MAX_LENGTH + ", or none");
      }
      return bytes;
    }
  }

  /** A count of 1 or more. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (COUNT.matcher(value).matches() && Long.parseLong(value) <= Integer.MAX_VALUE) {
        return Integer.valueOf(value);
      }
      throw refused(value, "a whole number, 1 to " + Integer.MAX_VALUE);
    }
  }

  /** A number a second, or {@code none} for no limit. */
  static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      if (value.equalsIgnoreCase("none")) {
        return DatagramLimits.UNLIMITED;
      }
      double rate = read(value, Rates::parse);
      if (rate <= 0) {
        throw refused(value, "more than 0, or none");
      }
      return rate;
    }
  }

  /** One of the modes. */
  static final class Mode implements ITypeConverter<EchoMode> {
    @Override
    public EchoMode convert(String value) {
      return oneOf(value, EchoMode.values(), "auto, stream, frames");
    }
  }

  /** Whether there are PROXY headers. */
  static final class Proxy implements ITypeConverter<ProxyPolicy.Mode> {
    @Override
    public ProxyPolicy.Mode convert(String value) {
      return oneOf(value, ProxyPolicy.Mode.values(), "off, optional, required");
    }
  }

  /** One of the TLS providers. */
  static final class Provider implements ITypeConverter<TlsProvider> {
    @Override
    public TlsProvider convert(String value) {
      return oneOf(value, TlsProvider.values(), "jdk, openssl");
    }
  }

  /** A transport, or none in particular. */
  record TransportName(Optional<Transport> transport) {
    static final TransportName AUTO = new TransportName(Optional.empty());
  }

  /** One of the transports, or {@code auto}. */
  static final class TransportChoice implements ITypeConverter<TransportName> {
    @Override
    public TransportName convert(String value) {
      return value.equalsIgnoreCase("auto")
          ? TransportName.AUTO
          : new TransportName(
              Optional.of(oneOf(value, Transport.values(), "auto, nio, epoll, io_uring, kqueue")));
    }
  }

  private static int bytes(String value, int min, String expected) {
    long bytes = read(value, Sizes::parse);
    if (bytes < min || bytes > 1 << 30) {
      throw refused(value, expected);
    }
    return (int) bytes;
  }

  private static <T> T oneOf(String value, T[] all, String expected) {
    List<T> found =
        Arrays.stream(all)
            .filter(it -> it.toString().equals(value.toLowerCase(Locale.ROOT)))
            .toList();
    if (found.isEmpty()) {
      throw refused(value, expected);
    }
    return found.get(0);
  }

  private static <T> T read(String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static TypeConversionException refused(String value, String expected) {
    return new TypeConversionException(
        "'" + EscapedText.of(value, SHOWN_CHARACTERS) + "' (expected: " + expected + ")");
  }
}
