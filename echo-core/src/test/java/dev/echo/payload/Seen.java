package dev.echo.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.frame.FrameError;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a follower tells, and holds it to its contract. */
final class Seen implements Follower.Sink {
  /** Some time. */
  static final long NANOS = 5;

  final List<WrongEcho> wrong = new ArrayList<>();
  final List<FrameError> refused = new ArrayList<>();
  long next;
  long echoed;
  long settled;
  long bytes;
  long residence = -1;
  int lost;
  Runnable then = () -> {};

  @Override
  public void echoed(long sequence, int bytes, long residenceNanos) {
    if (sequence != next) {
      assertThat(sequence).as("echoed next").isEqualTo(next);
    }
    next++;
    echoed++;
    this.bytes += bytes;
    residence = residenceNanos;
    then.run();
  }

  @Override
  public void wrong(WrongEcho wrong) {
    this.wrong.add(wrong);
    if (wrong.sequence() != next) {
      assertThat(wrong.sequence()).as("wrong next").isEqualTo(next);
    }
    next++;
    settled++;
    then.run();
  }

  @Override
  public void inAddition(WrongEcho wrong) {
    this.wrong.add(wrong);
    then.run();
  }

  @Override
  public void lost() {
    lost++;
    then.run();
  }

  @Override
  public void refused(FrameError why) {
    refused.add(why);
    then.run();
  }
}
