package dev.echo.ping;

import dev.echo.client.ClientMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.pipeline.ClientFront;
import java.time.Duration;

/** Collects what differs from the defaults of a {@link PingPlan}. Each method returns itself. */
public final class PingPlanBuilder {
  private final Endpoint endpoint;
  private int flows = 1;
  private long count = PingPlan.UNTIL_STOPPED;
  private Duration interval = Duration.ofSeconds(1);
  private int payloadBytes = 64;
  private ClientMode mode = ClientMode.FRAMES;
  private Duration timeout = Duration.ofSeconds(10);
  private Duration connectTimeout = Duration.ofSeconds(5);
  private Transport transport = Transport.best();
  private ClientFront front = ClientFront.NONE;

  PingPlanBuilder(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Sets {@link PingPlan#flows()}.
   *
   * @param value 1 or more; default 1
   * @return this
   */
  public PingPlanBuilder flows(int value) {
    flows = value;
    return this;
  }

  /**
   * Sets {@link PingPlan#count()}.
   *
   * @param value pings of each flow; default {@link PingPlan#UNTIL_STOPPED}
   * @return this
   */
  public PingPlanBuilder count(long value) {
    count = value;
    return this;
  }

  /**
   * Sets {@link PingPlan#interval()}.
   *
   * @param value 1 ms or more; default 1 s
   * @return this
   */
  public PingPlanBuilder interval(Duration value) {
    interval = value;
    return this;
  }

  /**
   * Sets {@link PingPlan#payloadBytes()}.
   *
   * @param value 0 or more, in stream mode 1 or more; default 64
   * @return this
   */
  public PingPlanBuilder payloadBytes(int value) {
    payloadBytes = value;
    return this;
  }

  /**
   * Sets {@link PingPlan#mode()}.
   *
   * @param value frames or stream; default frames
   * @return this
   */
  public PingPlanBuilder mode(ClientMode value) {
    mode = value;
    return this;
  }

  /**
   * Sets {@link PingPlan#timeout()}.
   *
   * @param value more than 0; default 10 s
   * @return this
   */
  public PingPlanBuilder timeout(Duration value) {
    timeout = value;
    return this;
  }

  /**
   * Sets {@link PingPlan#connectTimeout()}.
   *
   * @param value more than 0; default 5 s
   * @return this
   */
  public PingPlanBuilder connectTimeout(Duration value) {
    connectTimeout = value;
    return this;
  }

  /**
   * Sets {@link PingPlan#transport()}.
   *
   * @param value an available one; default {@link Transport#best()}
   * @return this
   */
  public PingPlanBuilder transport(Transport value) {
    transport = value;
    return this;
  }

  /**
   * Sets {@link PingPlan#front()}.
   *
   * @param value {@link ClientFront#NONE} by default
   * @return this
   */
  public PingPlanBuilder front(ClientFront value) {
    front = value;
    return this;
  }

  /**
   * Makes the plan.
   *
   * @return checked
   */
  public PingPlan build() {
    return new PingPlan(
        endpoint,
        flows,
        count,
        interval,
        payloadBytes,
        mode,
        timeout,
        connectTimeout,
        transport,
        front);
  }
}
