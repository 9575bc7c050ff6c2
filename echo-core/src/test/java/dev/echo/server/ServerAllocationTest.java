package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.echo.endpoint.Transport;
import dev.echo.testing.OwnJvm;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The event loop of a server, with all limits on, allocates nothing for a message. */
@Timeout(60)
class ServerAllocationTest {
  private static final Pattern LINE = Pattern.compile("bytes/message ([\\d.E-]+)");

  /** The smallest object has 16 bytes: one for every second message would be seen. */
  private static final double LESS_THAN_AN_OBJECT = 8;

  /** Netty's NIO makes a view of the buffer for each write, of 64 bytes. */
  private static final double VIEW = 64;

  /** Netty's io_uring makes a reference to a method of its own for each round of its loop. */
  private static final double REFERENCE = 16;

  @ParameterizedTest
  @CsvSource({
    "NIO, STREAM",
    "NIO, FRAMES",
    "NIO, STAMPED",
    "EPOLL, STREAM",
    "EPOLL, FRAMES",
    "EPOLL, STAMPED",
    "IO_URING, STREAM",
    "IO_URING, FRAMES",
    "IO_URING, STAMPED"
  })
  void allocatesNothingPerMessage(Transport transport, String kind) throws Exception {
    assumeThat(transport.isAvailable()).isTrue();
    String output = OwnJvm.output(ServerAllocationProbe.class, transport.name(), kind);

    Matcher line = LINE.matcher(output);
    assertThat(line.find()).as(output).isTrue();
    assertThat(Double.parseDouble(line.group(1)))
        .isLessThan(
            LESS_THAN_AN_OBJECT
                + switch (transport) {
                  case NIO -> VIEW;
                  case IO_URING -> REFERENCE;
                  case EPOLL, KQUEUE -> 0;
                });
  }
}
