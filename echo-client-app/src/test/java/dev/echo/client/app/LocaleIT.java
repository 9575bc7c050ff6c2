package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.JarProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and names of files are the same in every locale. */
@Timeout(180)
class LocaleIT {
  private static final String FILE = "r\u00e9sultat.jsonl";

  private static EchoServer server;
  private static String target;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .join();
    target = server.endpoints().get(0).toString();
  }

  @AfterAll
  static void stop() {
    server.close().toCompletableFuture().join();
  }

  @ParameterizedTest
  @CsvSource({
    "ar, EG, bench -r 100 -d 500ms --warmup 0s -c 2 --repeat 2",
    "fa, IR, ping -n 2 -i 50ms --flows 2",
    "th, TH, send -c 2 -n 1k --print hex",
    "fa, IR, bench --help"
  })
  void writesTheDigitsOfProgramsInEveryLocale(String language, String country, String words) {
    String[] all = words.replaceFirst(" ", " " + target + " ").split(" ");
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH)
            .jvm("-Duser.language=" + language, "-Duser.country=" + country)
            .jvm("-Duser.variant=" + (language.equals("th") ? country : ""))
            .start(all)) {
      client.exitStatus();
      assertThat(client.out() + client.err())
          .as(client.toString())
          .containsPattern("[0-9]")
          .doesNotContainPattern("(?U)[\\p{Nd}&&[^0-9]]");
    }
  }

  @Test
  void namesFilesInALocaleWithoutLetters() {
    Path file = folder.resolve(FILE);
    String script =
        "export LC_ALL=C; cd "
            + folder
            + " && jar=${@: -1} && set -- \"${@:1:$#-1}\" \"$OLDPWD/$jar\""
            + " && \"$@\" bench "
            + target
            + " -r 100 -d 300ms --warmup 0s -q --json -o "
            + FILE
            + "; \"$@\" report ./"
            + FILE
            + " -o copy.txt && \"$@\" report ./"
            + FILE
            + " --format csv | grep -q "
            + FILE
            + " && \"$@\" send "
            + target
            + " -f "
            + FILE
            + " | cmp - "
            + FILE;
    try (JarProcess client = ClientJar.shell(script)) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(file).isNotEmptyFile();
      assertThat(folder.resolve("copy.txt")).isNotEmptyFile();
      assertThat(Files.exists(folder.resolve("r??sultat.jsonl"))).isFalse();
    }
  }
}
