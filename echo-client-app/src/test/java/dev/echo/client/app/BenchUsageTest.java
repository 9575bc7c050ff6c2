package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be meant is refused in one sentence, before anything is sent. */
class BenchUsageTest {
  private final FakeLoad load =
      FakeLoad.of(
          plan -> {
            throw new AssertionError("runs");
          });

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-r fast                     | -r: 'fast' is no rate (expected: such as 500, 10k, 10k/s, 0.5/s), or max",
        "-r 0                        | -r: '0' (expected: more than 0/s and at most 1G/s), or max",
        "-r 2G                       | -r: '2G' (expected: more than 0/s and at most 1G/s), or max",
        "-r -1                       | -r: '-1' is no rate (expected: such as 500, 10k, 10k/s",
        "-r ٣                        | -r: '\\u0663' is no rate (expected: such as 500,",
        "--repeat x                  | '--repeat': 'x' (expected: a whole number, such as 500 or 50k)",
        "-n 5 -d 5s                  | -d and -n: one of them",
        "-n 0                        | -n: 0 (expected: > 0)",
        "-d 0s                       | -d: 0s (expected: more than 0s)",
        "-d 10                       | '10' has no unit (10s?)",
        "-c 0                        | connections: 0 (expected: 1..1048575)",
        "h:1 2 -c 3                  | connections, said twice",
        "-s 1q                       | -s: '1q' is no size",
        "-s 9..8                     | -s: size: 8 (expected: 9..",
        "-s 100M                     | -s: size: 100000000 (expected: 0..67108864)",
        "-s 64 -f pom.xml            | -s and -f: one of them",
        "-f /no/such/file            | -f: cannot read /no/such/file: no such file",
        "--in-flight 0               | --in-flight: 0 (expected: > 0)",
        "--threads 0                 | --threads: 0 (expected: > 0)",
        "--transport tokens          | --transport: 'tokens' (expected: nio, epoll, io_uring, kqueue)",
        "--transport kqueue          | --transport: kqueue is not available here",
        "-I 1ms                      | -I: 1 ms (expected: at least 10 ms)",
        "--timeout 0s                | --timeout: 0s (expected: more than 0s",
        "--mode stream -s 0          | size: 0 (expected: 1 or more in stream mode)",
        "--expect p99                | --expect: 'p99' is no condition (expected: such as p99<5ms",
        "--expect p99<5              | --expect: 'p99<5': '5' has no unit (5s?)",
        "-r max --expect p99<5ms     | p99: a closed loop has no response time",
        "--no-stamp --expect residence.p99<5ms | residence.p99: messages without a stamp",
        "--find-max p99<5ms -r 5     | --find-max and -r: the rate is what is looked for",
        "--find-max p99<5ms -r max   | --find-max and -r: the rate is what is looked for",
        "--find-max p99<5ms -n 5     | --find-max and -n: a step takes a time (-d)",
        "--find-max p99<5ms -d 1s    | -d: a step of --find-max takes at least 10 s",
        "--find-max p99<5ms --expect p50<1s | --find-max and --expect: the conditions are what is looked for",
        "--find-max p99<5ms --repeat 3 | --find-max and --repeat: the answer is confirmed",
        "--find-max p99<5ms --baseline x | --find-max and --baseline: its runs have one rate",
        "--repeat 0                  | --repeat: 0 (expected: > 0)",
        "--max-regress 10%           | --max-regress: of what? (expected: --baseline FILE)",
        "--max-regress 10            | --max-regress: '10' (expected: such as 10%)",
        "--baseline /no/such/file    | --baseline: cannot read /no/such/file: no such file",
        "--format htm                | --format: 'htm' (expected: text, json, jsonl, csv; for that: --html FILE)",
        "--format xml                | --format: 'xml' (expected: text, json, jsonl, csv)",
        "--json --format csv         | --json and --format csv: one of them",
        "-o /no/such/folder/a        | cannot write /no/such/folder/a: no such folder",
        "--html /                    | cannot write /: ",
        "-o a.json --html ./a.json   | ./a.json: read or written twice (expected: a file of its own)",
        "--tiemout 3s                | unknown option '--tiemout' (did you mean --timeout?)",
      })
  void refusesInOneSentenceWithStatusTwo(String words, String sentence) {
    Ran ran = load.bench(words.strip().split(" "));

    assertThat(ran.status()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).startsWith("echo-client: ").contains(sentence);
    assertThat(ran.err().lines()).hasSize(2);
    assertThat(ran.out()).isEmpty();
    assertThat(load.plans()).isEmpty();
  }

  @Test
  void opensOutputsOnlyIfAllOptionsCanBeUsed() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "old");

    assertThat(load.bench("-o", kept.toString(), "-n", "1", "-d", "1s").status()).isEqualTo(2);
    assertThat(kept).hasContent("old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench", "report"})
  void helpFitsATerminalAndBeginsWithExamples(String command) {
    Ran ran = Ran.of(command, "--help");

    assertThat(ran.status()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("Examples:");
    assertThat(ran.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void helpHasADefaultForEachOption() {
    String help = Ran.of("bench", "--help").out();

    String options = help.substring(help.indexOf("\n  -r"), help.indexOf("\n  -h, --help"));
    assertThat(options.split("\n {2,6}(?=-)"))
        .hasSizeGreaterThan(25)
        .filteredOn(option -> !option.isBlank())
        .allSatisfy(option -> assertThat(option).contains("default"));
  }
}
