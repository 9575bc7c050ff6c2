package dev.echo.client.app;

import com.google.gson.stream.JsonWriter;
import dev.echo.client.DatagramCounts;
import dev.echo.client.EchoException;
import dev.echo.metrics.Distribution;
import dev.echo.ping.FlowResult;
import dev.echo.ping.PingConnection;
import dev.echo.ping.PingCounts;
import dev.echo.ping.PingMiss;
import dev.echo.ping.PingPlan;
import dev.echo.ping.PingReply;
import dev.echo.ping.PingResult;
import dev.echo.ping.PingTrouble;
import dev.echo.ping.PingWrong;
import dev.echo.report.CountsJson;
import dev.echo.report.EndJson;
import dev.echo.report.FindingJson;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Finding;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output, for a program: an object for each event, then one with the summary. */
final class PingJson implements PingReport {
  private final ReplyOutput out;
  private final PingPlan plan;
  private final Verbosity verbosity;
  private long leftOut;

  PingJson(PingPlan plan, Environment environment, Verbosity verbosity) {
    this.out = environment.out();
    this.plan = plan;
    this.verbosity = verbosity;
  }

  @Override
  public void warm(Distribution floor) {
    event(
        "warm",
        Instant.now(),
        json -> {
          json.name("target").value(plan.endpoint().toString());
          times(json, "floor", floor);
        });
  }

  @Override
  public void connected(PingConnection connection) {
    event(
        "connected",
        connection.flow(),
        connection.at(),
        json -> {
          json.name("localPort").value(PingText.port(connection.local()));
          json.name("remote").value(PingText.address(connection.remote()));
          json.name("connectTimeNanos").value(connection.connectTime().toNanos());
          json.name("handshakeTimeNanos").value(connection.handshakeTime().toNanos());
          json.name("attempt").value(connection.attempt());
        });
  }

  @Override
  public void replied(PingReply reply) {
    reply("reply", reply, ExitStatus.OK);
  }

  @Override
  public void late(PingReply reply) {
    reply("late", reply, ExitStatus.INCOMPLETE);
  }

  private void reply(String name, PingReply reply, ExitStatus status) {
    event(
        name,
        reply.flow(),
        reply.at(),
        json -> {
          json.name("sequence").value(reply.sequence());
          json.name("localPort").value(PingText.port(reply.local()));
          json.name("remote").value(PingText.address(reply.remote()));
          json.name("bytes").value(reply.bytes());
          json.name("serviceTimeNanos").value(reply.serviceTimeNanos());
          json.name("residenceNanos");
          if (reply.residenceNanos().isPresent()) {
            json.value(reply.residenceNanos().getAsLong());
          } else {
            json.nullValue();
          }
          if (reply.hasUnusableStamp()) {
            json.name("unusableStamp").value(true);
          }
          json.name("verdict").value(status.word());
        });
  }

  @Override
  public void missed(PingMiss miss) {
    event(
        "missing",
        miss.flow(),
        miss.at(),
        json -> {
          json.name("sequence").value(miss.sequence());
          json.name("verdict").value(ExitStatus.INCOMPLETE.word());
          json.name("error").value(miss.reason().toString());
        });
  }

  @Override
  public void wrong(PingWrong wrong) {
    event(
        "wrong",
        wrong.flow(),
        wrong.at(),
        json -> {
          json.name("sequence").value(wrong.sequence());
          json.name("verdict").value(ExitStatus.WRONG.word());
          json.name("error").value(PingText.sentence(plan.endpoint(), wrong.cause()));
          finding(json, wrong.cause().finding());
        });
  }

  @Override
  public void trouble(PingTrouble trouble) {
    event(
        "trouble",
        trouble.flow(),
        trouble.at(),
        json -> {
          Failure failure = Failure.of(trouble.flow(), plan.endpoint(), trouble.cause());
          json.name("verdict").value(failure.status().word());
          json.name("error").value(PingText.sentence(plan.endpoint(), trouble.cause()));
          finding(json, failure.finding());
          if (trouble.cause() instanceof EchoException lost && lost.end().isPresent()) {
            EndJson.write(json.name("end"), lost.end().get());
          }
        });
  }

  private static void finding(JsonWriter json, Optional<Finding> finding) throws IOException {
    if (finding.isPresent()) {
      FindingJson.write(json.name("finding"), finding.get());
    }
  }

  @Override
  public void summary(PingResult result) {
    out.line(
        JsonLine.of(
            json -> {
              json.name("summary").beginObject();
              settings(json, result);
              counts(json, result.counts(), result.reconnects());
              datagrams(json, result.datagrams());
              times(json, "floor", result.floor());
              json.name("floorUsable").value(result.isFloorUsable());
              times(json, "service", result.service());
              times(json, "residence", result.residence());
              json.name("unusableStamps").value(result.unusableStamps());
              json.name("flows").beginArray();
              for (FlowResult flow : result.flows()) {
                flow(json, flow);
              }
              json.endArray();
              json.name("leftOut").value(leftOut);
              json.name("verdict").value(result.status().word());
              json.name("exitStatus").value(result.status().code());
              json.endObject();
            }));
  }

  private static void settings(JsonWriter json, PingResult result) throws IOException {
    PingPlan plan = result.plan();
    json.name("target").value(plan.endpoint().toString());
    json.name("mode").value(plan.mode().toString());
    json.name("bytes").value(plan.payloadBytes());
    json.name("intervalNanos").value(plan.interval().toNanos());
    json.name("timeoutNanos").value(plan.timeout().toNanos());
    json.name("connectTimeoutNanos").value(plan.connectTimeout().toNanos());
    json.name("transport").value(plan.transport().toString());
    json.name("started").value(result.started().toString());
    json.name("lastedNanos").value(result.lasted().toNanos());
  }

  private static void flow(JsonWriter json, FlowResult flow) throws IOException {
    json.beginObject();
    json.name("flow").value(flow.flow());
    SocketAddress local = flow.local();
    json.name("localPort");
    if (local == null) {
      json.nullValue();
    } else {
      json.value(PingText.port(local));
    }
    json.name("peer").value(flow.peer().name().toLowerCase(Locale.ROOT));
    counts(json, flow.counts(), flow.reconnects());
    datagrams(json, flow.datagrams());
    times(json, "service", flow.service());
    times(json, "residence", flow.residence());
    json.name("unusableStamps").value(flow.unusableStamps());
    json.name("verdict").value(flow.status().word());
    json.endObject();
  }

  private static void counts(JsonWriter json, PingCounts counts, long reconnects)
      throws IOException {
    json.name("due").value(counts.due());
    json.name("sent").value(counts.sent());
    json.name("echoed").value(counts.echoed());
    json.name("missing").value(counts.missing());
    json.name("wrong").value(counts.wrong());
    json.name("surplus").value(counts.surplus());
    json.name("late").value(counts.late());
    json.name("reconnects").value(reconnects);
  }

  /** Over UDP only. */
  private static void datagrams(JsonWriter json, DatagramCounts counts) throws IOException {
    if (counts.sent() > 0) {
      CountsJson.write(json.name("datagrams"), counts);
    }
  }

  private static void times(JsonWriter json, String name, Distribution times) throws IOException {
    json.name(name).beginObject();
    json.name("count").value(times.count());
    nanos(json, "minNanos", times.isEmpty() ? null : times.minNanos());
    nanos(json, "p50Nanos", times.isEmpty() ? null : times.percentileNanos(50));
    nanos(json, "p99Nanos", times.carries(99) ? times.percentileNanos(99) : null);
    nanos(json, "maxNanos", times.isEmpty() ? null : times.maxNanos());
    json.endObject();
  }

  private static void nanos(JsonWriter json, String name, @Nullable Long value) throws IOException {
    json.name(name);
    if (value == null) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }

  private void event(String name, int flow, Instant at, JsonLine.Fields fields) {
    event(
        name,
        at,
        json -> {
          json.name("flow").value(flow);
          fields.write(json);
        });
  }

  private void event(String name, Instant at, JsonLine.Fields fields) {
    if (verbosity == Verbosity.QUIET) {
      return;
    }
    if (!out.hasRoom()) {
      leftOut++;
      return;
    }
    out.line(
        JsonLine.of(
            json -> {
              json.name("event").value(name);
              json.name("time").value(at.toString());
              fields.write(json);
            }));
  }
}
