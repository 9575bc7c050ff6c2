package dev.echo.client.app;

import dev.echo.client.ConnectionLostException;
import dev.echo.client.DatagramException;
import dev.echo.client.EchoException;
import dev.echo.client.MismatchException;
import dev.echo.client.NoProgressException;
import dev.echo.client.NotEchoException;
import dev.echo.client.RefusedException;
import dev.echo.client.UnreachableException;
import dev.echo.client.ViolationException;
import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.SystemFailure;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.frame.ErrorCode;
import dev.echo.text.EscapedText;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that went wrong, for a person and for a script.
 *
 * @param status what it makes of the exit status
 * @param connection the number of the connection, from 1; 0 if it belongs to none
 * @param sentence one line
 * @param details what helps to understand it or to go on, a line each
 * @param end how the connection ended, if it did
 * @param finding what became of a message that came back wrong, if one did
 */
record Failure(
    ExitStatus status,
    int connection,
    String sentence,
    List<String> details,
    Optional<ConnectionEnd> end,
    Optional<Finding> finding) {
  private static final int MAX_SHOWN = 200;

  Failure {
    details = List.copyOf(details);
  }

  Failure(ExitStatus status, int connection, String sentence, List<String> details) {
    this(status, connection, sentence, details, Optional.empty(), Optional.empty());
  }

  /** A file or an option that cannot be used. */
  static Failure usage(String sentence, String... details) {
    return new Failure(ExitStatus.USAGE, 0, sentence, List.of(details));
  }

  /** Whether it is about bytes that came in addition to those that were to come. */
  boolean isInAddition() {
    return finding.filter(Finding::isInAddition).isPresent();
  }

  /** Adds what else may help, in front, unless it is empty. */
  Failure with(String hint) {
    return hint.isEmpty()
        ? this
        : new Failure(
            status,
            connection,
            sentence,
            Stream.concat(Stream.of(hint), details.stream()).toList(),
            end,
            finding);
  }

  /** The same, with another advice. */
  Failure insteadOfDetails(String advice) {
    return new Failure(status, connection, sentence, List.of(advice));
  }

  /** Adds what else may help, behind the rest. */
  Failure and(String hint) {
    return new Failure(
        status,
        connection,
        sentence,
        Stream.concat(details.stream(), Stream.of(hint)).toList(),
        end,
        finding);
  }

  /** Why a connection failed. */
  static Failure of(int connection, Endpoint endpoint, Throwable cause) {
    return cause instanceof EchoException failure
        ? of(connection, endpoint, failure)
        : cause instanceof IllegalArgumentException refused
            ? usage(text(refused), "--mode frames sends it, --allow-preface too")
            : new Failure(ExitStatus.INVALID, connection, "failed here: " + text(cause), List.of());
  }

  private static Failure of(int connection, Endpoint endpoint, EchoException cause) {
    List<String> details = new ArrayList<>();
    ExitStatus status = ExitStatus.INCOMPLETE;
    String sentence;
    if (cause instanceof UnreachableException unreachable) {
      status = ExitStatus.UNREACHABLE;
      sentence = "cannot connect to " + endpoint + ": " + unreachable.why();
      details.addAll(unreachable.advice());
    } else if (cause instanceof MismatchException mismatch) {
      status = ExitStatus.WRONG;
      sentence = sentence(mismatch, details);
    } else if (cause instanceof NotEchoException other) {
      status = ExitStatus.WRONG;
      sentence = endpoint + " is no echo: " + other.answered();
      if (!other.advice().isEmpty()) {
        details.add(
            endpoint instanceof NetworkEndpoint network
                ? network.placed(other.advice())
                : other.advice());
      }
    } else if (cause instanceof ViolationException broken) {
      status = ExitStatus.WRONG;
      sentence = "wrong: " + broken.violation() + counts(cause);
    } else if (cause instanceof NoProgressException stuck) {
      sentence = how(stuck) + counts(cause);
    } else if (cause instanceof RefusedException refused) {
      sentence = "refused by the server" + sentence(refused) + counts(cause);
    } else if (cause instanceof ConnectionLostException lost) {
      sentence = how(lost) + counts(cause);
    } else if (cause instanceof DatagramException datagram) {
      boolean isWrong = datagram.kind() == DatagramException.Kind.WRONG;
      status = isWrong ? ExitStatus.WRONG : ExitStatus.INCOMPLETE;
      sentence = (isWrong ? "wrong: " : "") + text(cause);
    } else {
      sentence = text(cause);
    }
    return new Failure(status, connection, sentence, details, cause.end(), cause.finding());
  }

  private static String sentence(MismatchException mismatch, List<String> details) {
    if (mismatch.expected().length > 0) {
      details.add("sent       " + HexRow.of(mismatch.offset(), mismatch.expected()));
    }
    if (mismatch.actual().length > 0) {
      details.add("came back  " + HexRow.of(mismatch.offset(), mismatch.actual()));
    }
    Finding finding = mismatch.finding().orElseThrow();
    String sentence = "wrong: " + finding.sentence("message " + mismatch.message());
    return finding.isInAddition() ? sentence + counts(mismatch) : sentence;
  }

  private static String sentence(RefusedException refused) {
    ErrorCode code = ErrorCode.of(refused.error().code());
    String name = code == null ? "error " + refused.error().code() : code.name();
    String said = EscapedText.of(refused.error().sentence(), MAX_SHOWN);
    return " ("
        + name.toLowerCase(Locale.ROOT).replace('_', ' ')
        + ")"
        + (said.isEmpty() ? "" : ": " + said);
  }

  private static String how(EchoException failure) {
    return failure.end().orElseThrow().sentence();
  }

  private static String counts(EchoException failure) {
    return failure.sent() == 0
        ? ""
        : " (" + failure.echoed() + " of " + failure.sent() + " messages came back)";
  }

  private static String text(Throwable cause) {
    return SystemFailure.words(cause);
  }
}
