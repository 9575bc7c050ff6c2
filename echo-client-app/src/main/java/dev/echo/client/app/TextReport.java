package dev.echo.client.app;

import dev.echo.client.EchoReply;
import dev.echo.client.app.Connection.Times;
import dev.echo.client.app.message.MessageSource;
import dev.echo.text.Durations;
import dev.echo.text.ExitStatus;
import dev.echo.text.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Standard error, for a person. */
final class TextReport implements Report {
  private static final int MAX_LINES = 20;

  private final Screen screen;
  private final SendConfig config;
  private final long maxLines;
  private long lines;

  TextReport(Screen screen, SendConfig config) {
    this.screen = screen;
    this.config = config;
    long count = config.plan().count();
    boolean many = count != MessageSource.UNKNOWN && count > MAX_LINES / config.connections();
    maxLines =
        switch (config.verbosity()) {
          case QUIET -> 0;
          case NORMAL -> many || config.print() == Print.JSON ? 0 : MAX_LINES;
          case VERBOSE -> Long.MAX_VALUE;
        };
  }

  @Override
  public void note(String sentence) {
    if (config.verbosity() != Verbosity.QUIET) {
      screen.line(sentence);
    }
  }

  @Override
  public void message(Echo echo) {
    EchoReply reply = echo.reply();
    if (reply == null || lines > maxLines || maxLines == 0) {
      return;
    }
    lines++;
    if (lines > maxLines) {
      screen.line("(the first " + MAX_LINES + "; -v shows the others too)");
      return;
    }
    screen.line(prefix(echo.connection()) + line(echo, reply));
  }

  private static String line(Echo echo, EchoReply reply) {
    List<String> remarks = new ArrayList<>();
    if (echo.message() == 1) {
      remarks.add("cold");
    }
    Times times = echo.times();
    if (times != null) {
      remarks.add("connect " + Durations.format(times.connect()));
      if (!times.handshake().isZero()) {
        remarks.add("handshake " + Durations.format(times.handshake()));
      }
    }
    reply.residenceNanos().ifPresent(nanos -> remarks.add("residence " + Durations.format(nanos)));
    if (reply.hasUnusableStamp()) {
      remarks.add("residence unusable");
    }
    if (echo.serviceNanos().isEmpty()) {
      remarks.add("no time: it had to wait for another connection");
    }
    String time =
        echo.serviceNanos().isEmpty()
            ? ""
            : " in " + Durations.format(echo.serviceNanos().getAsLong());
    return "ok "
        + Sizes.format(reply.bytes())
        + time
        + (remarks.isEmpty() ? "" : " (" + String.join(", ", remarks) + ")");
  }

  @Override
  public void failure(Failure failure) {
    screen.line(prefix(failure.connection()) + failure.sentence());
    failure.details().forEach(detail -> screen.line("  " + detail));
  }

  private String prefix(int connection) {
    return config.connections() == 1 || connection == 0 ? "" : "[" + connection + "] ";
  }

  @Override
  public void summary(Tally.Summary summary) {
    boolean nothingHappened = summary.connections() == 0 && summary.status() != ExitStatus.OK;
    if (config.verbosity() != Verbosity.QUIET
        && !nothingHappened
        && (config.print() != Print.JSON || config.verbosity() == Verbosity.VERBOSE)) {
      screen.line(text(summary));
    }
  }

  private static String text(Tally.Summary summary) {
    StringBuilder text = new StringBuilder();
    text.append(counted(summary.messages(), "message"))
        .append(" over ")
        .append(counted(summary.connections(), "connection"))
        .append(": ");
    boolean isNothing = summary.proved() == 0 && summary.echoed() == summary.asked();
    if (summary.sent() == 0 || isNothing) {
      text.append("nothing was sent");
    } else if (summary.echoed() == summary.asked()) {
      text.append(summary.connections() == 1 ? "all" : "all " + summary.asked());
      boolean more = summary.status() == ExitStatus.WRONG;
      text.append(more ? " came back, and more that nobody sent" : " came back, verified");
    } else {
      text.append(summary.echoed()).append(" of ").append(summary.asked()).append(" came back");
    }
    List<String> figures = isNothing ? List.of() : figures(summary);
    if (!figures.isEmpty()) {
      text.append(" (").append(String.join(", ", figures)).append(')');
    }
    if (summary.surplus() > 0) {
      text.append("; ").append(exact(summary.surplus())).append(" surplus");
    }
    DatagramLines.text(summary.datagrams()).forEach(each -> text.append("; ").append(each));
    if (summary.unusableStamps() > 0) {
      text.append("; ").append(UnusableStamps.sentence(summary.unusableStamps()));
    }
    if (summary.unreachable() > 0) {
      text.append("; ").append(counted(summary.unreachable(), "connection"));
      text.append(" could not be made");
    }
    if (summary.status() == ExitStatus.USAGE) {
      summary.failures().stream()
          .filter(failure -> failure.status() == ExitStatus.USAGE)
          .findFirst()
          .ifPresent(failure -> text.append("; but ").append(failure.sentence()));
    }
    if (summary.status() != ExitStatus.OK) {
      text.append(": ").append(summary.status().word());
    }
    return text.toString();
  }

  private static List<String> figures(Tally.Summary summary) {
    List<String> figures = new ArrayList<>();
    if (summary.echoed() == summary.asked() && summary.echoed() > 0) {
      figures.add(Sizes.format(summary.bytes()));
    } else if (summary.bytes() > 0) {
      figures.add(
          summary.bytesAsked() == MessageSource.UNKNOWN
              ? exact(summary.bytes()) + " of the " + exact(summary.bytesSent()) + " bytes sent"
              : exact(summary.bytes()) + " of " + exact(summary.bytesAsked()) + " bytes");
    }
    if (summary.slowestNanos() > 0) {
      figures.add("service time " + range(summary));
    }
    return figures;
  }

  private static String exact(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private static String range(Tally.Summary summary) {
    String fastest = Durations.format(summary.fastestNanos());
    String slowest = Durations.format(summary.slowestNanos());
    return fastest.equals(slowest) ? fastest : fastest + " to " + slowest;
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
