package dev.echo.server.app;

import static dev.echo.testing.Fragments.closing;
import static dev.echo.testing.Fragments.masked;
import static dev.echo.testing.Fragments.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.echo.EchoMode;
import dev.echo.testing.Bytes;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketPreviewTest {
  private static final Bytes REQUEST =
      Bytes.of("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  private static final String SHOWN_REQUEST = "GET / HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n";

  private final List<String> lines = new ArrayList<>();
  private final Preview preview =
      new WebSocketPreview(EchoMode.AUTO, line -> lines.add(line.get()));

  private void read(Bytes bytes) {
    preview.read(Unpooled.wrappedBuffer(bytes.toArray()));
  }

  @Test
  void showsThePayloadThatWasMasked() {
    read(REQUEST);
    read(masked(0x81, utf8("Hello, world")).then(masked(0x82, new Bytes("00ff"))));

    assertThat(lines).containsExactly(SHOWN_REQUEST, "Hello, world", "\\x00\\xff");
  }

  @Test
  void showsFramesWithoutTheirPrefaces() {
    Bytes frame = new Bytes("fe4543484f0d0a01" + "0000000301000000" + "686921");
    read(REQUEST.then(masked(0x82, frame)));

    assertThat(lines).containsExactly(SHOWN_REQUEST, "text, 3 B: hi!");
  }

  @Test
  void showsAMessageHoweverItIsCut() {
    Bytes frame = new Bytes("fe4543484f0d0a01" + "0000000301000000" + "686921");
    Bytes all =
        REQUEST
            .then(masked(0x02, frame.first(9)))
            .then(masked(0x89, utf8("ping")))
            .then(masked(0x80, new Bytes(frame.hex().substring(18))))
            .then(masked(0x81, utf8("")))
            .then(masked(0x88, closing(1000, "bye")));

    for (int i = 0; i < all.size(); i++) {
      read(new Bytes(all.hex().substring(2 * i, 2 * i + 2)));
    }
    preview.end();

    assertThat(lines.subList(REQUEST.size(), lines.size())).containsExactly("text, 3 B: hi!");
  }

  @Test
  void saysNoMoreOfWhatBreaksTheProtocol() {
    read(REQUEST.then(new Bytes("8105" + "68656c6c6f")));
    read(utf8("and more"));
    preview.end();

    assertThat(lines).containsExactly(SHOWN_REQUEST);
  }
}
