package dev.echo.ping;

import dev.echo.metrics.Distribution;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Keeps what a run tells. */
final class Seen implements PingListener {
  private final List<Object> events = new CopyOnWriteArrayList<>();
  private final List<PingReply> late = new CopyOnWriteArrayList<>();

  <T> List<T> all(Class<T> type) {
    return stream(type).toList();
  }

  <T> Stream<T> stream(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast);
  }

  List<Long> replies() {
    return stream(PingReply.class).map(PingReply::sequence).toList();
  }

  List<PingReply> lateOnes() {
    return late;
  }

  List<PingMiss.Reason> reasons() {
    return stream(PingMiss.class).map(PingMiss::reason).toList();
  }

  List<Object> events() {
    return events;
  }

  @Override
  public void warm(Distribution floor) {
    events.add(floor);
  }

  @Override
  public void connected(PingConnection connection) {
    events.add(connection);
  }

  @Override
  public void replied(PingReply reply) {
    events.add(reply);
  }

  @Override
  public void missed(PingMiss miss) {
    events.add(miss);
  }

  @Override
  public void late(PingReply reply) {
    late.add(reply);
  }

  @Override
  public void wrong(PingWrong wrong) {
    events.add(wrong);
  }

  @Override
  public void trouble(PingTrouble trouble) {
    events.add(trouble);
  }
}
