package dev.echo.client.app;

import dev.echo.client.EchoReply;
import dev.echo.text.Durations;
import dev.echo.text.ExitStatus;
import dev.echo.text.Sizes;
import java.util.List;
import java.util.Locale;

/** Standard output of {@code demo}: a line for each echo, and what they prove together. */
final class DemoReport implements Report {
  private final ReplyOutput output;
  private final String most;
  private final List<String> messages;

  /** Of a demo whose last message has so many bytes. */
  DemoReport(ReplyOutput output, int mostBytes) {
    this.output = output;
    most = Sizes.format(mostBytes);
    messages =
        List.of("\"Hello, world\"", "bytes 00 to ff", "an empty message", most + " at random");
  }

  @Override
  public void note(String sentence) {
    output.line(sentence);
  }

  @Override
  public void message(Echo echo) {
    EchoReply reply = echo.reply();
    if (reply != null) {
      String what = messages.get((int) (echo.message() - 1));
      output.line(
          String.format(
              Locale.ROOT,
              "[%d] ok  %-16s  %s in %s%s",
              echo.connection(),
              what,
              Sizes.format(reply.bytes()),
              Durations.format(reply.serviceTimeNanos()),
              echo.message() == 1 ? " (cold)" : ""));
    }
  }

  /** Of what helps it shows the bytes that differ; the rest names options of other commands. */
  @Override
  public void failure(Failure failure) {
    String prefix = failure.connection() == 0 ? "" : "[" + failure.connection() + "] ";
    output.line(prefix + failure.sentence());
    if (failure.finding().isPresent()) {
      failure.details().forEach(detail -> output.line("  " + detail));
    }
  }

  @Override
  public void summary(Tally.Summary summary) {
    if (summary.status() == ExitStatus.OK) {
      output.line(
          "proved  a string, binary bytes, an empty message and "
              + most
              + " came back whole over "
              + summary.connections()
              + " connections:");
      output.line(
          "        "
              + summary.echoed()
              + " of "
              + summary.asked()
              + " messages, "
              + Sizes.format(summary.bytes())
              + ", every byte compared with what was sent");
    } else {
      output.line(
          "failed  "
              + summary.echoed()
              + " of "
              + summary.asked()
              + " messages came back: "
              + summary.status().word());
    }
  }
}
