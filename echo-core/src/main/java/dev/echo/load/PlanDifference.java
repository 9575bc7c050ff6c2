package dev.echo.load;

import dev.echo.payload.PayloadSource;
import dev.echo.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** In which settings two plans differ. The seed is none: it changes bytes, not what is measured. */
final class PlanDifference {
  private PlanDifference() {}

  /** Each as {@code connections 4, was 1}; empty if two runs can be compared. */
  static List<String> of(LoadPlan before, LoadPlan after) {
    Map<String, String> old = settings(before);
    List<String> differences = new ArrayList<>();
    settings(after)
        .forEach(
            (name, value) -> {
              if (!value.equals(old.get(name))) {
                differences.add(name + " " + value + ", was " + old.get(name));
              }
            });
    return differences;
  }

  private static Map<String, String> settings(LoadPlan plan) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("endpoint", plan.endpoint().toString());
    settings.put("connections", Integer.toString(plan.connections()));
    settings.put(
        "connections are", plan.connectionUse() == LoadPlan.ConnectionUse.KEEP ? "kept" : "new");
    settings.put("rate", rate(plan.pace()));
    settings.put("in flight", Integer.toString(plan.inFlight()));
    settings.put("amount", amount(plan.amount()));
    settings.put("warm-up", time(plan.warmup()));
    settings.put("payload", payload(plan.payload()));
    settings.put("mode", plan.mode().toString());
    settings.put("stamps", plan.stamps().toString());
    settings.put("timeout", time(plan.timeout()));
    settings.put("connect timeout", time(plan.connectTimeout()));
    settings.put("after a failure", plan.afterFailure().toString());
    settings.put("interval", time(plan.interval()));
    settings.put("loops", Integer.toString(plan.loops()));
    settings.put("transport", plan.transport().toString());
    return settings;
  }

  private static String rate(Pace pace) {
    return pace instanceof Pace.PerSecond rate ? rate.messages() + "/s" : "max";
  }

  private static String amount(Amount amount) {
    return amount instanceof Amount.Messages messages
        ? messages.count() + " messages"
        : amount instanceof Amount.Time time ? time(time.duration()) : "";
  }

  /** Bytes of a file are told apart by their digest: a file may have changed under its name. */
  private static String payload(PayloadSource payload) {
    if (payload instanceof PayloadSource.Generated generated) {
      return generated.minBytes() + ".." + generated.maxBytes() + " bytes";
    }
    PayloadSource.Saved saved =
        payload instanceof PayloadSource.Fixed fixed
            ? fixed.saved()
            : (PayloadSource.Saved) payload;
    return saved.name() + " of " + saved.length() + " bytes (" + saved.sha256() + ")";
  }

  private static String time(Duration duration) {
    return Durations.format(duration);
  }
}
