package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.testing.Browser;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, used as a person does: needs {@code chromium}. */
@Timeout(180)
class WebSocketPageTest {
  private static final long SEED = 11;
  private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (.*)\r\n");

  @TempDir private Path folder;
  private EchoServer server;
  private Browser browser;
  private int port;

  @BeforeEach
  void start() throws Exception {
    browser = new Browser(folder);
    server = Servers.start(EchoServer.builder().listen(Endpoint.parse("ws://127.0.0.1:0")));
    port = ((NetworkEndpoint) server.endpoints().get(0)).port();
    browser.open("http://127.0.0.1:" + port + "/");
    browser.await("document.body.dataset.state === 'open'");
  }

  @AfterEach
  void end() throws Exception {
    if (browser != null) { // else there is no chromium, and nothing was started
      browser.close();
    }
    if (server != null) {
      Servers.close(server);
    }
  }

  @Test
  void verifiesATextAndDrawsItsRoundTrip() throws Exception {
    browser.click("text");
    browser.type("gr\u00fc\u00dfe \ud83d\ude00");
    browser.click("send");
    browser.await("document.querySelectorAll('li.ok').length === 1");

    assertThat(browser.ask("document.querySelector('li.ok .said').textContent"))
        .isEqualTo("gr\u00fc\u00dfe \ud83d\ude00");
    assertThat(browser.ask("document.getElementById('verified').textContent")).isEqualTo("1");
    browser.await("document.getElementById('plot').dataset.points === '1'");
    assertThat(browser.ask("document.documentElement.dataset.scriptError")).isEqualTo("undefined");
  }

  @Test
  void verifiesAFileThatIsDroppedAndPlotsWhatIsSentAgain() throws Exception {
    byte[] content = new byte[3_000_001];
    new Random(SEED).nextBytes(content);
    Path file = Files.write(folder.resolve("some.bin"), content);

    browser.drop("drop", file);
    browser.await("document.querySelectorAll('li.ok').length === 1");
    browser.click("repeat");
    browser.await("Number(document.getElementById('plot').dataset.points) > 60");
    browser.click("repeat");

    assertThat(browser.ask("document.querySelector('li:last-child').textContent"))
        .startsWith("✓ verifiedsome.bin, 3.0 MB");
    assertThat(browser.ask("document.getElementById('wrong').textContent")).isEqualTo("0");
    for (String scheme : new String[] {"light", "dark"}) {
      Path shot = Path.of("target", "page-" + scheme + ".png");
      browser.screenshot(scheme, shot);
      assertThat(shot).isNotEmptyFile();
    }
  }

  @Test
  void says1001WhenTheServerShutsDownAndConnectsAgain() throws Exception {
    server.drain(Duration.ofSeconds(5)).toCompletableFuture().get();

    browser.await("document.body.dataset.state === 'closed'");

    assertThat(browser.ask("document.getElementById('state').textContent"))
        .isEqualTo("not connected (1001: the server is shutting down)");
    assertThat(browser.ask("document.getElementById('send').disabled")).isEqualTo("true");
  }

  @Test
  void saysWhatDiffersAndWhere() throws Exception {
    byte[] page = page();
    try (ServerSocket liar = new ServerSocket(0)) {
      CompletableFuture.runAsync(() -> lie(liar, page));
      browser.open("http://127.0.0.1:" + liar.getLocalPort() + "/");
      browser.await("document.body.dataset.state === 'open'");
      browser.click("send");
      browser.await("document.querySelectorAll('li.wrong').length === 1");
    }

    assertThat(browser.ask("document.querySelector('li.wrong .diff').textContent"))
        .isEqualTo(
            """
            differs at byte 4, and 6 bytes came back for 12
            sent  48 65 6c 6c [6f] 2c 20 77 6f 72 6c 64
            got   48 65 6c 6c [3f] 21""");
    assertThat(browser.ask("document.getElementById('wrong').textContent")).isEqualTo("1");
    browser.screenshot("light", Path.of("target", "page-wrong.png"));
  }

  @Test
  void letsAPageOfAnotherOriginNotConnect() throws Exception {
    browser.open("data:text/html,<p>elsewhere");

    browser.ask(
        "new WebSocket('ws://127.0.0.1:" + port + "').onerror = () => document.title = 'refused'");

    browser.await("document.title === 'refused'");
  }

  private byte[] page() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().readAllBytes();
    }
  }

  /** Serves the page, and answers the first message of a WebSocket with something else. */
  private static void lie(ServerSocket liar, byte[] page) {
    try {
      while (true) {
        Socket socket = liar.accept(); // A browser opens some that it does not use.
        CompletableFuture.runAsync(() -> lie(socket, page));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void lie(Socket socket, byte[] page) {
    try (socket) {
      String head = head(socket);
      if (!head.contains("Sec-WebSocket-Key: ")) {
        socket.getOutputStream().write(page);
      } else {
        String key = KEY.matcher(head).results().findFirst().orElseThrow().group(1);
        byte[] accept =
            MessageDigest.getInstance("SHA-1")
                .digest(
                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                        .getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(answer);
        out.writeBytes(
            "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(accept)
                + "\r\n\r\n");
        socket.getOutputStream().write(answer.toByteArray());
        socket.getInputStream().read();
        socket.getOutputStream().write(new byte[] {(byte) 0x81, 6, 'H', 'e', 'l', 'l', '?', '!'});
        socket.getInputStream().readAllBytes();
      }
    } catch (Exception e) {
      // The browser has gone.
    }
  }

  private static String head(Socket socket) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
