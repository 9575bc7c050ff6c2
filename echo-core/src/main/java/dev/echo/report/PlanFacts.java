package dev.echo.report;

import dev.echo.client.ClientMode;
import dev.echo.client.Stamps;
import dev.echo.load.Amount;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.load.Pace;
import dev.echo.payload.PayloadSource;
import java.util.List;

/** All settings of a plan, each to its last digit, so two that read the same are the same. */
final class PlanFacts {
  static final String SEED = "seed";

  private static final int DIGEST_DIGITS = 16;

  private PlanFacts() {}

  static List<Fact> of(LoadPlan plan) {
    return List.of(
        new Fact("endpoint", plan.endpoint().toString()),
        new Fact("rate", rate(plan)),
        new Fact("connections", connections(plan)),
        new Fact("in flight", "at most " + Numbers.count(plan.inFlight()) + " per connection"),
        new Fact("amount", amount(plan.amount())),
        new Fact("warm-up", plan.warmup().isZero() ? "none" : Numbers.exact(plan.warmup())),
        new Fact("payload", payload(plan.payload())),
        new Fact("mode", mode(plan)),
        new Fact("timeout", Numbers.exact(plan.timeout())),
        new Fact("connect timeout", Numbers.exact(plan.connectTimeout())),
        new Fact("after a failure", Words.of(plan.afterFailure()).replace('-', ' ')),
        new Fact("interval", Numbers.exact(plan.interval())),
        new Fact("transport", plan.transport().toString()),
        new Fact("event loops", Numbers.count(plan.loops())),
        new Fact(SEED, Long.toString(plan.seed())));
  }

  private static String rate(LoadPlan plan) {
    return plan.pace() instanceof Pace.PerSecond open
        ? Numbers.exactRate(open.messages()) + ", open loop"
        : "max, closed loop";
  }

  private static String connections(LoadPlan plan) {
    String count = Numbers.count(plan.connections());
    return plan.connectionUse() == ConnectionUse.KEEP ? count : count + ", new for each message";
  }

  private static String amount(Amount amount) {
    return amount instanceof Amount.Messages messages
        ? Numbers.count(messages.count(), "message")
        : Numbers.exact(((Amount.Time) amount).duration());
  }

  private static String payload(PayloadSource payload) {
    if (payload instanceof PayloadSource.Generated generated) {
      String least = Numbers.count(generated.minBytes());
      return generated.minBytes() == generated.maxBytes()
          ? Numbers.count(generated.maxBytes(), "byte")
          : least + ".." + Numbers.count(generated.maxBytes()) + " bytes";
    }
    PayloadSource.Saved saved =
        payload instanceof PayloadSource.Fixed fixed
            ? fixed.saved()
            : (PayloadSource.Saved) payload;
    String digest = saved.sha256();
    return Numbers.count(saved.length(), "byte")
        + " of "
        + saved.name()
        + " (SHA-256 "
        + digest.substring(0, Math.min(DIGEST_DIGITS, digest.length()))
        + ")";
  }

  private static String mode(LoadPlan plan) {
    return plan.mode() == ClientMode.FRAMES
        ? "frames " + (plan.stamps() == Stamps.ON ? "with stamps" : "without stamps")
        : "stream";
  }
}
