package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.load.LoadResult;
import dev.echo.testing.Results;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void numbersWhatSharesAName() {
    assertThat(apart("a", "b", "a", "a", "b")).containsExactly("a", "b", "a (2)", "a (3)", "b (2)");
  }

  @Test
  void takesNoNameThatIsTaken() {
    assertThat(apart("a", "a", "a (2)", "a")).doesNotHaveDuplicates().contains("a (2)").hasSize(4);
  }

  @Test
  void leavesResultsWithoutANameAlone() {
    assertThat(apart("", "")).containsExactly("", "");
  }

  private static List<String> apart(String... names) {
    LoadResult result = Results.tinySample();
    return Names.apart(Stream.of(names).map(name -> new Report(name, result, Results.OK)).toList())
        .stream()
        .map(Report::name)
        .toList();
  }
}
