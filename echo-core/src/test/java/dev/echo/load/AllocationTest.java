package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.OwnJvm;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The event loop of a load allocates nothing for a message. */
@Timeout(60)
class AllocationTest {
  private static final Pattern LINE =
      Pattern.compile("bytes/message ([\\d.E-]+) messages (\\d+) wrong 0");

  /** The smallest object has 16 bytes: one for every second message would be seen. */
  private static final double LIMIT = 8;

  @ParameterizedTest
  @CsvSource({"max, FRAMES", "max, STREAM", "50000, FRAMES"})
  void allocatesNothingPerMessage(String pace, String mode) throws Exception {
    String output = OwnJvm.output(AllocationProbe.class, pace, mode);

    Matcher line = LINE.matcher(output);
    assertThat(line.find()).as(output).isTrue();
    assertThat(Long.parseLong(line.group(2))).isGreaterThan(1000);
    assertThat(Double.parseDouble(line.group(1))).isLessThan(LIMIT);
  }
}
