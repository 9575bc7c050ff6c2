package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.load.SampleResult;
import dev.echo.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedResultsTest {
  @TempDir private Path folder;

  @Test
  void tellsRunsOfTwoFilesApart() {
    Path before = saved("before.jsonl", "--repeat", "2");
    Path after = saved("after.jsonl", "--repeat", "2");
    Path single = saved("single.jsonl");

    assertThat(SavedResults.readAll(List.of(before, after, single)))
        .extracting(Report::name)
        .containsExactly(
            before + " run 1", before + " run 2", after + " run 1", after + " run 2", "" + single);
    assertThat(SavedResults.readAll(List.of(before)))
        .extracting(Report::name)
        .containsExactly("run 1", "run 2");
    assertThat(SavedResults.readAll(List.of(single, single)))
        .extracting(Report::name)
        .containsExactly("" + single, single + " (2)");
  }

  @Test
  void saysWhatCannotBeReadAndWhatIsExpected() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));

    assertThatThrownBy(() -> SavedResults.read("--baseline", folder))
        .hasMessage(
            "--baseline: cannot read "
                + folder
                + ": it is a folder (expected: a file of bench --json)");
    assertThatThrownBy(() -> SavedResults.read("", folder.resolve("none")))
        .hasMessage("cannot read " + folder.resolve("none") + ": no such file");
    assertThatThrownBy(() -> SavedResults.read("", empty))
        .hasMessage(empty + " is empty (expected: a file of bench --json)");
  }

  private Path saved(String name, String... more) {
    Path file = folder.resolve(name);
    String[] words = new String[more.length + 4];
    System.arraycopy(new String[] {"--json", "-o", file.toString(), "-q"}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    FakeLoad.of(SampleResult::of).bench(words);
    return file;
  }
}
