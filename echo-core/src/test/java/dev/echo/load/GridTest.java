package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slices of 100 from 1,000 on; the measured time begins at 1,250. */
class GridTest {
  private final Grid grid = new Grid(1000, 1250, 100);

  @ParameterizedTest
  @CsvSource({
    "1000, 1100",
    "1101, 1200",
    "1149, 1200",
    "1151, 1250",
    "1200, 1250",
    "1250, 1350",
    "1251, 1350",
    "1350, 1450",
    "1399, 1450",
    "1401, 1550",
    "1733, 1850"
  })
  void cutsAtTheNextStepThatIsNotTooNear(long cut, long next) {
    assertThat(grid.next(cut)).isEqualTo(next);
  }
}
