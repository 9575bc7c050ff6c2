package dev.echo.duplex;

import dev.echo.text.EscapedText;
import dev.echo.text.SafeMessage;
import java.io.FileNotFoundException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The failures of sockets that systems know, with words for each, whichever transport met them: the
 * Java platform gives the system's text, the native transports the number of an error, some of them
 * a class of its own.
 */
public enum SystemFailure {
  /** The peer has reset the connection. */
  ECONNRESET(104, 54, "connection reset", "reset by the peer"),
  /** The peer reads no more. */
  EPIPE(32, 32, "broken pipe", "the peer has closed the connection"),
  /** This system has broken the connection off. */
  ECONNABORTED(103, 53, "connection abort", "this system broke the connection off"),
  /** Nobody listens there. */
  ECONNREFUSED(111, 61, "connection refused", "refused: nothing accepts connections there"),
  /** No acknowledgement from the other host. */
  ETIMEDOUT(110, 60, "timed out", "timed out: the other host does not answer"),
  /** No way to the host. */
  EHOSTUNREACH(113, 65, "no route to host", "no route to the host: is the address right?"),
  /** The host is known to be down. */
  EHOSTDOWN(112, 64, "host is down", "the host is down"),
  /** No way to its network. */
  ENETUNREACH(
      101, 51, "network is unreachable", "no route to its network: is this machine's network up?"),
  /** The interface is down. */
  ENETDOWN(100, 50, "network is down", "this machine's network is down"),
  /** The system does not let this user. */
  EACCES(13, 13, "permission denied", "permission denied"),
  /** A rule of the system forbids it. */
  EPERM(1, 1, "operation not permitted", "not permitted: a firewall rule on this machine?"),
  /** No such local address, or no port left. */
  EADDRNOTAVAIL(
      99, 49, "assign requested address", "no local address, or no local port left, for it"),
  /** The address is taken. */
  EADDRINUSE(98, 48, "address already in use", "the local address is in use"),
  /** The system has no such addresses, IPv6 say. */
  EAFNOSUPPORT(
      97, 47, "address family not supported", "this machine has no such addresses (no IPv6?)"),
  /** The process has too many files. */
  EMFILE(24, 24, "too many open files", "too many open files in this process: see ulimit -n"),
  /** The system has too many files. */
  ENFILE(23, 23, "too many open files in system", "too many open files in this system"),
  /** The system is out of buffers. */
  ENOBUFS(105, 55, "no buffer space", "this system has no buffer left"),
  /** A datagram is too long. */
  EMSGSIZE(90, 40, "message too long", "too long for one datagram"),
  /** An address that the system does not use for this, one of another link or of a group say. */
  EINVAL(22, 22, "invalid argument", "this system takes no such address for it"),
  /** No such file. */
  ENOENT(2, 2, "no such file", "no such file"),
  /** A part of the path is no directory. */
  ENOTDIR(20, 20, "not a directory", "a part of the path is no directory"),
  /** The file is no socket. */
  ENOTSOCK(88, 38, "non-socket", "the file is no socket"),
  /** The socket is of another type. */
  EPROTOTYPE(91, 41, "protocol wrong type", "the socket there is for datagrams"),
  /** A path above the system's limit. */
  ENAMETOOLONG(36, 63, "name too long", "the path is too long for a socket"),
  /** Not a failure that is known. */
  UNKNOWN(0, 0, "", "");

  private static final Pattern NUMBER = Pattern.compile("failed with error\\((-?\\d+)\\)");

  /** The call that failed, as the native transports name it in front of the system's text. */
  private static final Pattern CALL =
      Pattern.compile("^[\\w ]+\\(\\.\\.\\) failed with error\\(-?\\d+\\):?");

  private static final boolean IS_LINUX =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
  private static final int MAX_SHOWN = 200;

  private final int linux;
  private final int bsd;
  private final String text;
  private final String words;

  SystemFailure(int linux, int bsd, String text, String words) {
    this.linux = linux;
    this.bsd = bsd;
    this.text = text;
    this.words = words;
  }

  /**
   * Recognizes a failure.
   *
   * @param thrown by a channel, whatever transport it is of
   * @return {@link #UNKNOWN} if it is not one of these
   */
  public static SystemFailure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      SystemFailure found = single(cause);
      if (found != UNKNOWN) {
        return found;
      }
    }
    return UNKNOWN;
  }

  /**
   * Says in words what was thrown.
   *
   * @param thrown by a channel or a stage of it
   * @return one line that is safe to print and names no class and no number
   */
  public static String words(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "the system does not say why";
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SafeMessage && cause.getMessage() != null) {
        return cause.getMessage();
      }
      String known = known(cause);
      if (!known.isEmpty()) {
        return known;
      }
    }
    String message = thrown.getMessage() == null ? "" : thrown.getMessage();
    String shown = CALL.matcher(message).replaceFirst("").strip();
    return shown.isEmpty() ? "the system does not say why" : EscapedText.of(shown, MAX_SHOWN);
  }

  private static String known(Throwable cause) {
    SystemFailure failure = single(cause);
    if (failure != UNKNOWN) {
      return failure.words;
    }
    if (cause instanceof ClosedChannelException) {
      return "the connection was closed";
    }
    if (cause instanceof NotYetConnectedException) {
      return "the connection was never made";
    }
    if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
      return "the name has no address";
    }
    return "";
  }

  private static SystemFailure single(Throwable cause) {
    if (cause instanceof NoRouteToHostException) {
      return EHOSTUNREACH;
    }
    if (cause instanceof FileNotFoundException) {
      return ENOENT;
    }
    if (cause instanceof PortUnreachableException) {
      return ECONNREFUSED;
    }
    if (cause instanceof UnsupportedAddressTypeException) {
      return EAFNOSUPPORT;
    }
    return cause.getMessage() == null || cause instanceof SafeMessage
        ? UNKNOWN
        : of(cause.getMessage().toLowerCase(Locale.ROOT));
  }

  private static SystemFailure of(String message) {
    Matcher matcher = NUMBER.matcher(message);
    if (matcher.find()) {
      int number = Math.abs(Integer.parseInt(matcher.group(1)));
      for (SystemFailure each : values()) {
        if (number == (IS_LINUX ? each.linux : each.bsd)) {
          return each;
        }
      }
    }
    if (message.contains(ENFILE.text)) {
      return ENFILE;
    }
    if (message.contains("protocol family unavailable")) {
      return EAFNOSUPPORT; // Java's own words for the same.
    }
    for (SystemFailure each : values()) {
      if (each != UNKNOWN && message.contains(each.text)) {
        return each;
      }
    }
    return UNKNOWN;
  }
}
