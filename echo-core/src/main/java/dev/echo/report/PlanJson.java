package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.client.ClientMode;
import dev.echo.client.Stamps;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.load.Amount;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadPlan.AfterFailure;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.load.Pace;
import dev.echo.payload.PayloadSource;
import dev.echo.pipeline.ClientFront;
import java.io.IOException;

/** Every setting of a plan as JSON. */
final class PlanJson {
  private PlanJson() {}

  static void write(JsonWriter json, LoadPlan plan) throws IOException {
    json.beginObject();
    json.name("endpoint").value(plan.endpoint().toString());
    json.name("connections").value(plan.connections());
    json.name("connectionUse").value(Words.of(plan.connectionUse()));
    json.name("messagesPerSecond");
    if (plan.pace() instanceof Pace.PerSecond open) {
      json.value(open.messages());
    } else {
      json.value("max");
    }
    json.name("inFlight").value(plan.inFlight());
    if (plan.amount() instanceof Amount.Messages messages) {
      json.name("messages").value(messages.count());
    } else {
      json.name("durationNanos").value(((Amount.Time) plan.amount()).duration().toNanos());
    }
    json.name("warmupNanos").value(plan.warmup().toNanos());
    json.name("payload");
    write(json, plan.payload());
    json.name("mode").value(Words.of(plan.mode()));
    json.name("stamps").value(Words.of(plan.stamps()));
    json.name("seed").value(plan.seed());
    json.name("timeoutNanos").value(plan.timeout().toNanos());
    json.name("connectTimeoutNanos").value(plan.connectTimeout().toNanos());
    json.name("afterFailure").value(Words.of(plan.afterFailure()));
    json.name("intervalNanos").value(plan.interval().toNanos());
    json.name("loops").value(plan.loops());
    json.name("transport").value(Words.of(plan.transport()));
    json.endObject();
  }

  private static void write(JsonWriter json, PayloadSource payload) throws IOException {
    json.beginObject();
    if (payload instanceof PayloadSource.Generated generated) {
      json.name("minBytes").value(generated.minBytes());
      json.name("maxBytes").value(generated.maxBytes());
    } else {
      PayloadSource.Saved saved =
          payload instanceof PayloadSource.Fixed fixed
              ? fixed.saved()
              : (PayloadSource.Saved) payload;
      json.name("file").value(saved.name());
      json.name("bytes").value(saved.length());
      json.name("sha256").value(saved.sha256());
    }
    json.endObject();
  }

  static LoadPlan read(Fields json) throws ResultFormatException {
    return new LoadPlan(
        Endpoint.parse(json.text("endpoint")),
        json.integer("connections"),
        json.word("connectionUse", ConnectionUse.class),
        pace(json),
        json.integer("inFlight"),
        json.has("messages")
            ? new Amount.Messages(json.number("messages"))
            : new Amount.Time(json.nanos("durationNanos")),
        json.nanos("warmupNanos"),
        json.object("payload", PlanJson::payload),
        json.word("mode", ClientMode.class),
        json.word("stamps", Stamps.class),
        json.signed("seed"),
        json.nanos("timeoutNanos"),
        json.nanos("connectTimeoutNanos"),
        json.word("afterFailure", AfterFailure.class),
        json.nanos("intervalNanos"),
        json.integer("loops"),
        json.word("transport", Transport.class),
        ClientFront.NONE);
  }

  private static Pace pace(Fields json) throws ResultFormatException {
    String name = "messagesPerSecond";
    return json.isText(name) && json.text(name).equals("max")
        ? Pace.MAX
        : Pace.perSecond(json.real(name));
  }

  private static PayloadSource payload(Fields json) throws ResultFormatException {
    return json.has("file")
        ? new PayloadSource.Saved(json.text("file"), json.integer("bytes"), json.text("sha256"))
        : new PayloadSource.Generated(json.integer("minBytes"), json.integer("maxBytes"));
  }
}
