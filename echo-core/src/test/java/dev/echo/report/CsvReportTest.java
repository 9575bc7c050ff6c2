package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.Results;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReportTest {

  @Test
  void writesALineForEachIntervalBehindTheNamesOfTheColumns() throws IOException {
    String text = render(new Report("a,\"b\"", Results.openLoop(), Results.OK));

    List<String> lines = text.lines().toList();
    assertThat(lines).hasSize(13);
    assertThat(lines.get(0))
        .isEqualTo(
            "run,from_s,length_s,warmup,sent,echoed,wrong,echoed_per_s,max_pause_ns,"
                + "response_p50_ns,response_p90_ns,response_p99_ns,response_p999_ns,"
                + "response_max_ns,service_p50_ns,service_p90_ns,service_p99_ns,service_p999_ns,"
                + "service_max_ns,lost,late,duplicated,reordered,due,missing,surplus");
    assertThat(lines.get(1)).startsWith("\"a,\"\"b\"\"\",0,1,true,20000,20000,0,20000,120000,");
    assertThat(lines.get(8)).startsWith("\"a,\"\"b\"\"\",7,1,false,20000,20000,0,20000,45000000,4");
    assertThat(lines.subList(1, 13)).allMatch(line -> line.split(",", -1).length == 27);
  }

  @Test
  void leavesCellsEmptyThatHaveNoValue() throws IOException {
    String closed = render(new Report("r", Results.closedLoop(), Results.OK));
    String tiny = render(new Report("r", Results.tinySample(), Results.OK));

    assertThat(closed.lines().skip(1)).allMatch(line -> line.contains(",,,,,"));
    assertThat(tiny.lines().skip(1))
        .allMatch(line -> line.matches(".*,,,,,\\d+,,,,,\\d+,0,0,0,0,\\d,0,0"));
  }

  private static String render(Report report) throws IOException {
    StringBuilder out = new StringBuilder();
    Renderer.of(Format.CSV).render(List.of(report), out);
    return out.toString();
  }
}
