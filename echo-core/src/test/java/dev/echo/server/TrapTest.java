package dev.echo.server;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrapTest {
  static Stream<Arguments> trapsAndTransports() {
    return Stream.of(Trap.values())
        .flatMap(trap -> Servers.transports().stream().map(on -> Arguments.of(trap, on)));
  }

  @ParameterizedTest
  @MethodSource("trapsAndTransports")
  void avoids(Trap trap, dev.echo.endpoint.Transport transport) throws Exception {
    EchoServer server =
        Servers.start(EchoServer.builder().transport(transport).listen(Servers.ANYWHERE));
    try {
      trap.check(Servers.port(server));
    } finally {
      Servers.close(server);
    }
  }
}
