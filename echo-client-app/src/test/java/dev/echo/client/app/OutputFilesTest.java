package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.load.LoadCounts;
import dev.echo.load.SampleResult;
import dev.echo.text.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files that results are written to. */
class OutputFilesTest {
  private static final String EARLIER = "earlier\n";

  @TempDir private Path folder;

  @Test
  void replacesAnEarlierFileByWhatWasMeasured() throws IOException {
    Path file = earlier("r.txt");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    Ran ran = FakeLoad.of(SampleResult::of).bench("-o", file.toString());

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(file).content().doesNotContain(EARLIER).contains("messages");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(names()).containsExactly("r.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o", "--json -o", "--format csv -o", "--html", "--hgrm", "--hlog"})
  void keepsAnEarlierFileWhereNothingWasMeasured(String option) throws IOException {
    Path file = earlier("r");

    Ran ran =
        FakeLoad.of(FakeLoad::unreachable).bench((option + " " + file + " -r 100").split(" "));

    assertThat(ran.status()).isEqualTo(ExitStatus.UNREACHABLE.code());
    assertThat(file).content().isEqualTo(EARLIER);
    assertThat(names()).containsExactly("r");
  }

  @Test
  void saysThatAnEarlierFileWasLeftAsItWas() throws IOException {
    Path file = earlier("r");
    Interruption interruption = new Interruption();
    interruption.request(ExitStatus.INTERRUPTED);

    Ran ran =
        FakeLoad.of(plan -> SampleResult.of(plan).counts(LoadCounts.ZERO))
            .untilStopped()
            .bench(interruption, "--json", "-o", file.toString());

    assertThat(ran.status()).isEqualTo(ExitStatus.INTERRUPTED.code());
    assertThat(ran.err()).contains(file + ": left as it was, since nothing was measured");
    assertThat(file).content().isEqualTo(EARLIER);
  }

  @Test
  void keepsWhatWasMeasuredBeforeAnInterrupt() throws IOException {
    Path file = earlier("r");
    Interruption interruption = new Interruption();
    interruption.request(ExitStatus.INTERRUPTED);

    FakeLoad.of(SampleResult::of)
        .untilStopped()
        .bench(interruption, "--json", "-o", file.toString());

    assertThat(file).content().contains("\"ending\":\"interrupted\"");
  }

  @Test
  void writesANewFileThoughNothingWasMeasured() throws IOException {
    Path file = folder.resolve("new");

    FakeLoad.of(FakeLoad::unreachable).bench("--json", "-o", file.toString());

    assertThat(file).content().contains("\"ending\":\"unreachable\"");
  }

  @Test
  void keepsAnEarlierFileWhereAnotherOptionIsWrong() throws IOException {
    Path file = earlier("r");
    FakeLoad load = FakeLoad.of(SampleResult::of);

    Ran ran = load.bench("-o", file.toString(), "--html", folder + "/none/x.html");

    assertThat(ran.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(ran.err()).contains("cannot write " + folder + "/none/x.html: no such folder");
    assertThat(load.plans()).isEmpty();
    assertThat(file).content().isEqualTo(EARLIER);
    assertThat(names()).containsExactly("r");
  }

  @Test
  void writesToTheEndOfALink() throws IOException {
    Path file = earlier("r");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("r"));
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("new"));

    FakeLoad.of(SampleResult::of).bench("-o", link.toString(), "--html", dangling.toString());

    assertThat(link).isSymbolicLink();
    assertThat(file).content().contains("messages");
    assertThat(folder.resolve("new")).isRegularFile().content().contains("<html");
  }

  @Test
  void keepsTheOtherNamesOfAFile() throws IOException {
    Path file = earlier("r");
    Path other = Files.createLink(folder.resolve("other"), file);

    FakeLoad.of(SampleResult::of).bench("-o", file.toString());

    assertThat(other).content().contains("messages");
    assertThat(names()).containsExactlyInAnyOrder("other", "r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r", "./r", "link", "hard", "into/../r"})
  void refusesToWriteOverWhatItReads(String name) throws IOException {
    Path file = folder.resolve("r");
    FakeLoad.of(SampleResult::of).bench("--json", "-o", file.toString());
    Files.createSymbolicLink(folder.resolve("link"), file);
    Files.createLink(folder.resolve("hard"), file);
    Files.createDirectory(folder.resolve("into"));
    String before = Files.readString(file);

    Ran shown = Ran.of("report", folder + "/" + name, "-o", file.toString());
    Ran sent = Ran.of("bench", "127.0.0.1:1", "-f", folder + "/" + name, "-o", file.toString());

    assertThat(shown.status()).as(shown.err()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(shown.err()).contains(file + ": read or written twice");
    assertThat(sent.err()).contains(file + ": read or written twice");
    assertThat(file).content().isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "/dev/stdout"})
  void knowsTheNamesOfStandardOutput(String name) {
    Ran ran = FakeLoad.of(SampleResult::of).bench("--json", "-o", name);

    assertThat(ran.out()).as(ran.err()).contains("\"kind\":\"result\"");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void writesOneOutputOnlyToStandardOutput() {
    Path file = folder.resolve("r");
    Ran page = FakeLoad.of(SampleResult::of).bench("--html", "-", "-o", file.toString());
    Ran both = FakeLoad.of(SampleResult::of).bench("--html", "-");

    assertThat(page.out()).contains("<html");
    assertThat(both.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(both.err()).contains("-: read or written twice");
  }

  @Test
  void writesToADeviceDirectly() {
    Ran ran = FakeLoad.of(SampleResult::of).bench("-o", "/dev/null", "--html", "/dev/null", "-q");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void saysThatAFolderIsNoFile() {
    Ran ran = FakeLoad.of(SampleResult::of).bench("-o", folder.toString());

    assertThat(ran.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(ran.err()).contains("cannot write " + folder + ": it is a folder");
  }

  private Path earlier(String name) throws IOException {
    return Files.writeString(folder.resolve(name), EARLIER);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }
}
