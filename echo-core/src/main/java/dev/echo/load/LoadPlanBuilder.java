package dev.echo.load;

import dev.echo.client.ClientMode;
import dev.echo.client.Stamps;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.TransportChoice;
import dev.echo.load.LoadPlan.AfterFailure;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.payload.PayloadSource;
import dev.echo.pipeline.ClientFront;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Collects what differs from the defaults of a {@link LoadPlan}. Each method returns itself. */
public final class LoadPlanBuilder {
  private static final int OPEN_IN_FLIGHT = 65_536;

  private Endpoint endpoint;
  private int connections = 1;
  private ConnectionUse connectionUse = ConnectionUse.KEEP;
  private Pace pace = Pace.perSecond(1000);
  private int inFlight;
  private Amount amount = new Amount.Time(Duration.ofSeconds(10));
  private Duration warmup = Duration.ofSeconds(2);
  private PayloadSource payload = new PayloadSource.Generated(64, 64);
  private ClientMode mode = ClientMode.FRAMES;
  private @Nullable Stamps stamps;
  private long seed = 1;
  private Duration timeout = Duration.ofSeconds(10);
  private Duration connectTimeout = Duration.ofSeconds(5);
  private AfterFailure afterFailure = AfterFailure.GO_ON;
  private Duration interval = Duration.ofSeconds(1);
  private int loops;
  private @Nullable Transport transport;
  private ClientFront front = ClientFront.NONE;

  LoadPlanBuilder(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  LoadPlanBuilder(LoadPlan plan) {
    endpoint = plan.endpoint();
    connections = plan.connections();
    connectionUse = plan.connectionUse();
    pace = plan.pace();
    inFlight = plan.inFlight();
    amount = plan.amount();
    warmup = plan.warmup();
    payload = plan.payload();
    mode = plan.mode();
    stamps = plan.stamps();
    seed = plan.seed();
    timeout = plan.timeout();
    connectTimeout = plan.connectTimeout();
    afterFailure = plan.afterFailure();
    interval = plan.interval();
    loops = plan.loops();
    transport = plan.transport();
    front = plan.front();
  }

  /**
   * Sets {@link LoadPlan#endpoint()}.
   *
   * @param value where to
   * @return this
   */
  public LoadPlanBuilder endpoint(Endpoint value) {
    endpoint = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#connections()}.
   *
   * @param value more than 0; default 1
   * @return this
   */
  public LoadPlanBuilder connections(int value) {
    connections = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#connectionUse()}.
   *
   * @param value default keep
   * @return this
   */
  public LoadPlanBuilder connectionUse(ConnectionUse value) {
    connectionUse = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#pace()}.
   *
   * @param value default 1,000 a second
   * @return this
   */
  public LoadPlanBuilder pace(Pace value) {
    pace = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#inFlight()}.
   *
   * @param value more than 0; default 65,536 in open loop, 1 in closed loop
   * @return this
   */
  public LoadPlanBuilder inFlight(int value) {
    inFlight = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#amount()}.
   *
   * @param value default 10 s
   * @return this
   */
  public LoadPlanBuilder amount(Amount value) {
    amount = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#warmup()}.
   *
   * @param value 0 or more; default 2 s
   * @return this
   */
  public LoadPlanBuilder warmup(Duration value) {
    warmup = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#payload()}.
   *
   * @param value default 64 bytes
   * @return this
   */
  public LoadPlanBuilder payload(PayloadSource value) {
    payload = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#mode()}.
   *
   * @param value default frames
   * @return this
   */
  public LoadPlanBuilder mode(ClientMode value) {
    mode = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#stamps()}.
   *
   * @param value default on in frames mode, off in stream mode
   * @return this
   */
  public LoadPlanBuilder stamps(Stamps value) {
    stamps = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#seed()}.
   *
   * @param value any; default 1
   * @return this
   */
  public LoadPlanBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#timeout()}.
   *
   * @param value more than 0; default 10 s
   * @return this
   */
  public LoadPlanBuilder timeout(Duration value) {
    timeout = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#connectTimeout()}.
   *
   * @param value more than 0; default 5 s
   * @return this
   */
  public LoadPlanBuilder connectTimeout(Duration value) {
    connectTimeout = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#afterFailure()}.
   *
   * @param value default go on
   * @return this
   */
  public LoadPlanBuilder afterFailure(AfterFailure value) {
    afterFailure = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#interval()}.
   *
   * @param value at least 10 ms; default 1 s
   * @return this
   */
  public LoadPlanBuilder interval(Duration value) {
    interval = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#loops()}.
   *
   * @param value more than 0; default half the processors, at least one and at most one for each
   *     connection
   * @return this
   */
  public LoadPlanBuilder loops(int value) {
    loops = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#transport()}.
   *
   * @param value default {@link Transport#best()}, which sends each message when it is due; in
   *     closed loop what {@link TransportChoice#saturating} says
   * @return this
   */
  public LoadPlanBuilder transport(Transport value) {
    transport = value;
    return this;
  }

  /**
   * Sets {@link LoadPlan#front()}.
   *
   * @param value {@link ClientFront#NONE} by default
   * @return this
   */
  public LoadPlanBuilder front(ClientFront value) {
    front = value;
    return this;
  }

  /**
   * Makes the plan.
   *
   * @return checked
   * @throws IllegalArgumentException if a value is out of range
   */
  public LoadPlan build() {
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = loops != 0 ? loops : Math.max(1, Math.min(connections, processors / 2));
    return new LoadPlan(
        endpoint,
        connections,
        connectionUse,
        pace,
        inFlight != 0 ? inFlight : pace instanceof Pace.Max ? 1 : OPEN_IN_FLIGHT,
        amount,
        warmup,
        payload,
        mode,
        stamps != null ? stamps : mode == ClientMode.FRAMES ? Stamps.ON : Stamps.OFF,
        seed,
        timeout,
        connectTimeout,
        afterFailure,
        interval,
        threads,
        transport != null ? transport : fastest(threads),
        front);
  }

  private Transport fastest(int threads) {
    return pace instanceof Pace.Max
        ? TransportChoice.saturating(endpoint, connections / threads, payload.maxBytes())
            .transport()
        : Transport.best();
  }
}
