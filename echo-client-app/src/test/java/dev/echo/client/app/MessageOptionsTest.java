package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.client.app.message.MessagePlan;
import dev.echo.client.app.message.MessageSource;
import dev.echo.client.app.message.SourceContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

class MessageOptionsTest {
  @TempDir private Path folder;

  @Test
  void keepsTheOrderAcrossKinds() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "file");

    List<String> texts =
        texts(
            "-m",
            "a",
            "--hex",
            "62",
            "--empty",
            "-f",
            file.toString(),
            "-m",
            "c",
            "--base64",
            "ZA==",
            "-f",
            "-",
            "--empty",
            "-m",
            "e");

    assertThat(texts).containsExactly("a", "b", "", "file", "c", "d", "typed", "", "e");
  }

  @Test
  void sendsAGreetingUnlessToldOtherwise() throws IOException {
    assertThat(texts()).containsExactly("Hello, world");
    assertThat(texts("--empty")).containsExactly("");
  }

  @Test
  void takesTextThatLooksLikeAnOptionOrAFileOfArguments() throws IOException {
    assertThat(
            texts("-m", "-q", "-m", "--empty", "-m", "@f", "-m", "", "-m", "send", "-m", "\"q\""))
        .containsExactly("-q", "--empty", "@f", "", "send", "\"q\"");
  }

  @Test
  void readsHexWithSpacesAndColons() throws IOException {
    assertThat(texts("--hex", "61 62:63", "--hex", "")).containsExactly("abc", "");
    assertThatThrownBy(() -> texts("--hex", "6")).hasMessageContaining("--hex: ");
    assertThatThrownBy(() -> texts("--base64", "a*")).hasMessageContaining("--base64: ");
  }

  @Test
  void repeatsNothingRandomWithinAPlan() throws IOException {
    List<String> texts = texts("--seed", "7", "--random", "16", "--random", "16");

    assertThat(texts).hasSize(2).doesNotHaveDuplicates();
    assertThat(texts("--random", "16", "--random", "16", "--seed", "7")).isEqualTo(texts);
  }

  @Test
  void refusesStandardInputTwiceAndLinesOfNothing() {
    assertThatThrownBy(() -> plan("-f", "-", "-f", "-")).hasMessageContaining("only once");
    assertThatThrownBy(() -> plan("--lines")).hasMessageContaining("-f FILE");
    assertThatThrownBy(() -> plan("-n", "0")).hasMessageContaining("expected: > 0");
  }

  @Test
  void takesUnitsOfNumbers() {
    assertThat(plan("-n", "50k").rounds()).isEqualTo(50_000);
    assertThat(plan("-n", "2M").rounds()).isEqualTo(2_000_000);
  }

  private static List<String> texts(String... words) throws IOException {
    List<String> texts = new ArrayList<>();
    for (MessageSource source : plan(words).sources()) {
      texts.addAll(SourceContent.texts(source));
    }
    return texts;
  }

  private static MessagePlan plan(String... words) {
    Options options = new Options();
    ParsedLine.parser(options).parseArgs(words);
    return options.messages.plan(
        new ByteArrayInputStream("typed".getBytes(StandardCharsets.UTF_8)));
  }

  @CommandLine.Command
  private static final class Options {
    @Mixin private final MessageOptions messages = new MessageOptions();
  }
}
