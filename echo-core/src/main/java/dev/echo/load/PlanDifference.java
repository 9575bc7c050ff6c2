package dev.echo.load;

import dev.echo.payload.PayloadSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A setting in which two plans differ. The seed is none: it changes bytes, not what is measured.
 *
 * @param setting its name
 * @param before its value in one plan, to the last digit
 * @param after its value in the other
 */
public record PlanDifference(String setting, String before, String after) {
  /** The setting that says how many event loops a run has. */
  public static final String LOOPS = "loops";

  /** The setting that says which transport a run has. */
  public static final String TRANSPORT = "transport";

  /**
   * Compares two plans.
   *
   * @param before a plan
   * @param after another
   * @return each setting that differs; empty if two runs can be compared
   */
  public static List<PlanDifference> between(LoadPlan before, LoadPlan after) {
    Map<String, String> old = settings(before);
    List<PlanDifference> differences = new ArrayList<>();
    settings(after)
        .forEach(
            (name, value) -> {
              String was = String.valueOf(old.get(name));
              if (!value.equals(was)) {
                differences.add(new PlanDifference(name, was, value));
              }
            });
    return List.copyOf(differences);
  }

  /** As in {@code connections 4, was 1}. */
  @Override
  public String toString() {
    return setting + " " + after + ", was " + before;
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
    settings.put(LOOPS, Integer.toString(plan.loops()));
    settings.put(TRANSPORT, plan.transport().toString());
    return settings;
  }

  private static String rate(Pace pace) {
    return pace instanceof Pace.PerSecond rate
        ? BigDecimal.valueOf(rate.messages()).stripTrailingZeros().toPlainString() + "/s"
        : "max";
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

  /** To the last nanosecond: two that read the same are the same. */
  private static String time(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString() + " s";
  }
}
