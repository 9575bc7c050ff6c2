package dev.echo.load;

import java.util.ArrayList;
import java.util.List;

/**
 * The lanes of one event loop, which take turns: whose message is due next in open loop, and which
 * lanes are to send when the loop has looked at them all. Event loop only.
 */
final class Agenda {
  private final Meter meter;
  private final List<Carrier> lanes = new ArrayList<>();
  private final List<Carrier> touched = new ArrayList<>();
  private int turn;
  private long round;

  Agenda(Meter meter) {
    this.meter = meter;
  }

  void add(Carrier lane) {
    lanes.add(lane);
  }

  List<Carrier> lanes() {
    return lanes;
  }

  /**
   * Takes the next message if it is due; its lane sends it with {@link #go()}.
   *
   * @return when it is due, or {@link Driver#NOTHING_DUE} behind the last one
   */
  long take(Schedule schedule, long now) {
    long message = message(schedule);
    if (message >= schedule.messages()) {
      return Driver.NOTHING_DUE;
    }
    long due = schedule.dueNanos(message);
    if (due > now) {
      return due;
    }
    Carrier lane = lanes.get(turn);
    lane.due();
    if (schedule.isMeasured(message)) {
      meter.recording().due(now - due);
      lane.countHeld(meter.recording());
    }
    touch(lane);
    advance();
    return due;
  }

  /**
   * Has a lane send with the next {@link #go()}.
   *
   * @return whether it is the first one
   */
  boolean touch(Carrier lane) {
    boolean isFirst = touched.isEmpty();
    if (!lane.touch()) {
      return false;
    }
    touched.add(lane);
    return isFirst;
  }

  /** Has the lanes send that were touched. */
  void go() {
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).go();
    }
    touched.clear();
  }

  /**
   * Counts the messages that were due before a time and that this loop never came to: it was too
   * slow. They are ranked by their age, as those are that never came back.
   */
  void leaveOut(Schedule schedule, long beforeNanos, long now) {
    for (long message = message(schedule);
        message < schedule.messages() && schedule.dueNanos(message) < beforeNanos;
        message = message(schedule)) {
      if (schedule.isMeasured(message)) {
        meter.unsent(now - schedule.dueNanos(message));
      }
      advance();
    }
  }

  private long message(Schedule schedule) {
    return schedule.message(lanes.get(turn).connection(), round);
  }

  private void advance() {
    turn++;
    if (turn == lanes.size()) {
      turn = 0;
      round++;
    }
  }
}
