package dev.echo.tls;

import dev.echo.duplex.SystemFailure;
import dev.echo.text.Durations;
import dev.echo.text.EscapedText;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What providers and Netty throw, as one sentence each. */
final class TlsWords {
  private static final Pattern HEX = Pattern.compile("record: ([0-9a-f]+)");
  private static final Pattern ALERT =
      Pattern.compile("(?:received fatal alert: |alert[ _])([a-z0-9_ ]+)");
  private static final int SHOWN_BYTES = 32;
  private static final int SHOWN_HEX = 8;
  private static final int SHOWN_CHARACTERS = 200;

  private final TlsSide side;

  TlsWords(TlsSide side) {
    this.side = side;
  }

  private boolean isServer() {
    return side == TlsSide.SERVER;
  }

  /** The other side. */
  private String peer() {
    return isServer() ? "the client" : "the server";
  }

  TlsException gone(@Nullable Throwable cause) {
    String hint = isServer() ? "" : "; does it speak TLS?";
    return new TlsException(
        TlsProblem.GONE, peer() + " went away during the handshake" + hint, cause);
  }

  /** Nobody has sent a byte. */
  TlsException unanswered(Duration waited, Throwable cause) {
    return new TlsException(
        TlsProblem.GONE,
        "something accepted the connection and ended it after "
            + Durations.format(waited)
            + " without a byte: a relay with nothing behind it? (does it speak TLS?)",
        cause);
  }

  TlsException truncated() {
    return new TlsException(
        TlsProblem.TRUNCATED,
        peer() + " ended TCP without close_notify: what came may be cut off",
        null);
  }

  /** The handshake takes too long. */
  TlsException late(Duration limit) {
    return new TlsException(
        TlsProblem.OTHER,
        peer() + " did not finish the TLS handshake within " + Durations.format(limit),
        null);
  }

  /**
   * Names what ended a connection that was up. Who has nothing in common by then asked for another
   * handshake.
   */
  TlsException afterHandshake(Throwable failure) {
    TlsException named = of(failure);
    return isServer() && named.problem() == TlsProblem.NOTHING_IN_COMMON
        ? new TlsException(
            TlsProblem.OTHER, "the client asked for another handshake, which is refused", failure)
        : named;
  }

  /** Names a failure, whatever it is wrapped in. */
  TlsException of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TlsException known) {
        return known;
      }
      if (cause instanceof RejectedCertificateException rejected) {
        String sentence = String.valueOf(rejected.getMessage());
        return isServer()
            ? new TlsException(
                TlsProblem.CLIENT_CERTIFICATE, "the client is not let in: " + sentence, failure)
            : new TlsException(rejected.problem(), sentence, failure);
      }
      if (cause instanceof NotSslRecordException plain) {
        return notTls(plain);
      }
      if (cause instanceof ClosedChannelException) {
        return gone(failure);
      }
    }
    Throwable root = root(failure);
    String message = root.getMessage() == null ? "" : root.getMessage();
    TlsException known = byMessage(message.toLowerCase(Locale.ROOT), failure);
    if (known != null) {
      return known;
    }
    boolean reset = message.toLowerCase(Locale.ROOT).contains("reset by peer");
    return reset && root instanceof IOException
        ? gone(failure)
        : new TlsException(
            TlsProblem.OTHER,
            "TLS failed: "
                + (message.isEmpty()
                    ? SystemFailure.words(root)
                    : EscapedText.of(message, SHOWN_CHARACTERS)),
            failure);
  }

  private @Nullable TlsException byMessage(String message, Throwable failure) {
    if (message.contains("empty client certificate") || message.contains("peer_did_not_return")) {
      return new TlsException(
          TlsProblem.CLIENT_CERTIFICATE, "the client showed no certificate", failure);
    }
    if (!isServer() && message.contains("client_hello")) {
      return new TlsException(
          TlsProblem.NOT_TLS,
          "the server does not speak TLS: it sent our own hello back, as an echo does (tcp://)",
          failure);
    }
    if (message.contains("no cipher suites in common")
        || message.contains("no appropriate protocol")
        || message.contains("supported_versions")
        || message.contains("protocol version")
        || message.contains("unsupported_protocol")
        || message.contains("no_shared_cipher")) {
      return nothingInCommon(failure);
    }
    Matcher alert = ALERT.matcher(message);
    return alert.find() ? byAlert(alert.group(1).trim().replace(' ', '_'), failure) : null;
  }

  private TlsException byAlert(String alert, Throwable failure) {
    return switch (alert) {
      case "certificate_required" -> wantsCertificate(alert, failure);
      case "bad_certificate",
          "certificate_unknown",
          "certificate_expired",
          "certificate_revoked",
          "unknown_ca",
          "unsupported_certificate",
          "access_denied" ->
          side == TlsSide.CLIENT
              ? wantsCertificate(alert, failure)
              : new TlsException(
                  side == TlsSide.SERVER
                      ? TlsProblem.REFUSED_CERTIFICATE
                      : TlsProblem.CLIENT_CERTIFICATE,
                  peer() + " does not accept our certificate (" + alert + ")",
                  failure);
      case "protocol_version", "handshake_failure", "insufficient_security" ->
          nothingInCommon(failure);
      default ->
          new TlsException(
              TlsProblem.OTHER,
              peer() + " ended TLS: " + EscapedText.of(alert, SHOWN_CHARACTERS),
              failure);
    };
  }

  private TlsException wantsCertificate(String alert, Throwable failure) {
    return new TlsException(
        TlsProblem.CLIENT_CERTIFICATE,
        "the server wants a certificate of the client (" + alert + ")",
        failure);
  }

  private TlsException nothingInCommon(Throwable failure) {
    return new TlsException(
        TlsProblem.NOTHING_IN_COMMON,
        peer() + " has no version or cipher suite in common with us (we have TLS 1.2 and 1.3)",
        failure);
  }

  private TlsException notTls(NotSslRecordException plain) {
    String answer = answer(plain);
    String sentence =
        isServer()
            ? "plain bytes came to a TLS port" + (answer.isEmpty() ? "" : ": " + answer)
            : "the server does not speak TLS" + (answer.isEmpty() ? "" : ": it answered " + answer);
    return new TlsException(TlsProblem.NOT_TLS, sentence, plain);
  }

  /** Netty tells the bytes in hexadecimal; shown is the text that they begin with, if any. */
  private static String answer(NotSslRecordException plain) {
    Matcher matcher = HEX.matcher(String.valueOf(plain.getMessage()));
    if (!matcher.find()) {
      return "";
    }
    String hex = matcher.group(1);
    byte[] bytes = HexFormat.of().parseHex(hex, 0, Math.min(hex.length(), 2 * SHOWN_BYTES) & ~1);
    int printable = 0;
    while (printable < bytes.length && bytes[printable] >= ' ' && bytes[printable] < 0x7F) {
      printable++;
    }
    return printable > 1
        ? "'" + new String(bytes, 0, printable, StandardCharsets.US_ASCII) + "'"
        : HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, SHOWN_HEX));
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
