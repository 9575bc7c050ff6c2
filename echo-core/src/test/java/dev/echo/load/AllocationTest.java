package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                AllocationProbe.class.getName(),
                pace,
                mode)
            .redirectErrorStream(true)
            .start();

    String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    Matcher line = LINE.matcher(output);
    assertThat(line.find()).as(output).isTrue();
    assertThat(Long.parseLong(line.group(2))).isGreaterThan(1000);
    assertThat(Double.parseDouble(line.group(1))).isLessThan(LIMIT);
  }
}
