package dev.echo.client.app;

import com.google.gson.stream.JsonWriter;
import dev.echo.client.EchoReply;
import dev.echo.client.app.Connection.Times;
import dev.echo.client.app.message.MessageSource;
import dev.echo.report.CountsJson;
import dev.echo.report.EndJson;
import dev.echo.report.FindingJson;
import java.io.IOException;
import java.util.Locale;

/** Standard output, for a program: an object for each message, then one with the summary. */
final class JsonReport implements Report {
  private final ReplyOutput output;

  JsonReport(ReplyOutput output) {
    this.output = output;
  }

  @Override
  public void note(String sentence) {}

  @Override
  public void message(Echo echo) {
    Failure failure = echo.failure();
    write(
        json -> {
          json.name("connection").value(echo.connection());
          json.name("message").value(echo.message());
          json.name("type").value(echo.type().name().toLowerCase(Locale.ROOT));
          json.name("bytes").value(echo.bytes());
          json.name("bytesEchoed").value(echo.echoedBytes());
          json.name("serviceTimeNanos");
          if (echo.serviceNanos().isEmpty()) {
            json.nullValue();
          } else {
            json.value(echo.serviceNanos().getAsLong());
          }
          EchoReply reply = echo.reply();
          if (reply != null && reply.residenceNanos().isPresent()) {
            json.name("residenceNanos").value(reply.residenceNanos().getAsLong());
          } else if (echo.hasUnusableStamp()) {
            json.name("unusableStamp").value(true);
          }
          Times times = echo.times();
          if (times != null) {
            json.name("connectNanos").value(times.connect().toNanos());
            json.name("handshakeNanos").value(times.handshake().toNanos());
          }
          json.name("verdict").value(echo.status().word());
          if (failure != null) {
            error(json, failure);
          }
        });
  }

  @Override
  public void failure(Failure failure) {}

  @Override
  public void summary(Tally.Summary summary) {
    write(
        json -> {
          json.name("summary").beginObject();
          json.name("connections").value(summary.connections());
          json.name("unreachable").value(summary.unreachable());
          json.name("messages").value(summary.messages());
          json.name("asked").value(summary.asked());
          json.name("sent").value(summary.sent());
          json.name("echoed").value(summary.echoed());
          json.name("wrong").value(summary.wrong());
          json.name("missing").value(summary.missing());
          json.name("surplus").value(summary.surplus());
          json.name("bytesAsked");
          if (summary.bytesAsked() == MessageSource.UNKNOWN) {
            json.nullValue();
          } else {
            json.value(summary.bytesAsked());
          }
          json.name("bytesSent").value(summary.bytesSent());
          json.name("bytesEchoed").value(summary.bytes());
          json.name("unusableStamps").value(summary.unusableStamps());
          if (summary.datagrams().sent() > 0) {
            CountsJson.write(json.name("datagrams"), summary.datagrams());
          }
          json.name("errors").beginArray();
          for (Failure failure : summary.failures()) {
            json.beginObject();
            if (failure.connection() > 0) {
              json.name("connection").value(failure.connection());
            }
            json.name("verdict").value(failure.status().word());
            error(json, failure);
            json.endObject();
          }
          json.endArray();
          json.name("verdict").value(summary.status().word());
          json.name("exitStatus").value(summary.status().code());
          json.endObject();
        });
  }

  private static void error(JsonWriter json, Failure failure) throws IOException {
    json.name("error").value(failure.sentence());
    if (failure.finding().isPresent()) {
      FindingJson.write(json.name("finding"), failure.finding().get());
    }
    if (failure.end().isPresent()) {
      EndJson.write(json.name("end"), failure.end().get());
    }
  }

  private void write(JsonLine.Fields fields) {
    output.line(JsonLine.of(fields));
  }
}
