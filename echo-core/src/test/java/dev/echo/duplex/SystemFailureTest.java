package dev.echo.duplex;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SystemFailureTest {
  static Stream<Arguments> thrown() {
    return Stream.of(
        Arguments.of(new SocketException("Connection reset"), SystemFailure.ECONNRESET),
        Arguments.of(new IOException("Connection reset by peer"), SystemFailure.ECONNRESET),
        Arguments.of(new IOException("Broken pipe"), SystemFailure.EPIPE),
        Arguments.of(new IOException("Connection timed out"), SystemFailure.ETIMEDOUT),
        Arguments.of(new NoRouteToHostException("No route to host"), SystemFailure.EHOSTUNREACH),
        Arguments.of(new ConnectException("Connection refused"), SystemFailure.ECONNREFUSED),
        Arguments.of(new SocketException("Network is unreachable"), SystemFailure.ENETUNREACH),
        Arguments.of(new SocketException("Permission denied"), SystemFailure.EACCES),
        Arguments.of(
            new SocketException("Cannot assign requested address"), SystemFailure.EADDRNOTAVAIL),
        Arguments.of(new IOException("Too many open files"), SystemFailure.EMFILE),
        Arguments.of(new IOException("Too many open files in system"), SystemFailure.ENFILE),
        Arguments.of(new FileNotFoundException(), SystemFailure.ENOENT),
        Arguments.of(new UnsupportedAddressTypeException(), SystemFailure.EAFNOSUPPORT));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void recognizesWhatTheJavaPlatformThrows(Throwable thrown, SystemFailure failure) {
    assertThat(SystemFailure.of(thrown)).isEqualTo(failure);
    assertThat(SystemFailure.of(new IOException("wrapped", thrown))).isEqualTo(failure);
  }

  @ParameterizedTest
  @CsvSource({
    "-104, ECONNRESET",
    "-32, EPIPE",
    "-110, ETIMEDOUT",
    "-113, EHOSTUNREACH",
    "-101, ENETUNREACH",
    "-111, ECONNREFUSED",
    "-13, EACCES",
    "-99, EADDRNOTAVAIL",
    "-24, EMFILE",
    "-2, ENOENT",
    "-97, EAFNOSUPPORT",
    "-9999, UNKNOWN"
  })
  @EnabledOnOs(OS.LINUX)
  void recognizesTheNumbersOfTheNativeTransports(int number, SystemFailure failure) {
    IOException thrown = new IOException("recvAddress(..) failed with error(" + number + ")");

    assertThat(SystemFailure.of(thrown)).isEqualTo(failure);
  }

  @ParameterizedTest
  @EnumSource(SystemFailure.class)
  void hasWordsForEach(SystemFailure failure) {
    IOException thrown = new IOException("connect(..): " + failure.name());

    assertThat(SystemFailure.words(thrown)).doesNotContainPattern("Exception|null|error\\(");
  }

  @Test
  void showsNeitherClassesNorNumbers() {
    assertThat(
            Stream.of(
                    new ClosedChannelException(),
                    new NotYetConnectedException(),
                    new IOException(),
                    new IOException("read(..) failed with error(-9999): Sonstwas"),
                    new IllegalStateException("a\nb"))
                .map(SystemFailure::words))
        .containsExactly(
            "the connection was closed",
            "the connection was never made",
            "the system does not say why",
            "Sonstwas",
            "a\\nb");
    assertThat(SystemFailure.words(null)).isEqualTo("the system does not say why");
  }
}
