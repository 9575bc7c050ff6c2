package dev.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/embedding.md shows compiles without a warning, and does what it says. */
@Timeout(60)
class EmbeddingTest {
  private static final Path PAGE = Path.of("..", "docs", "embedding.md");
  private static final long WAIT_SECONDS = 10;

  @TempDir private static Path classes;

  /** All of the page at once: most of the time that it takes is the class path's. */
  @BeforeAll
  static void compilesWithoutAWarning() throws IOException {
    compile(MarkdownSnippets.read(PAGE));
  }

  static List<MarkdownSnippets.Body> snippets() throws IOException {
    return MarkdownSnippets.read(PAGE).bodies();
  }

  /** Without any, the source above is empty, and JUnit fails the test. */
  @ParameterizedTest
  @MethodSource("snippets")
  void showsWhatWorks(MarkdownSnippets.Body snippet) throws Throwable {
    run(snippet);
  }

  @Test
  void seesASnippetThatDoesNotCompile() {
    MarkdownSnippets page = page("# Page", "```java", "int ok = 1;", "int no = text;", "```");

    assertThatThrownBy(() -> compile(page))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("page.md:4: error");
  }

  @Test
  void seesASnippetThatThrows() throws IOException {
    MarkdownSnippets page =
        page(
            "```java",
            "import java.util.concurrent.TimeoutException;",
            "```",
            "```java",
            "throw new TimeoutException(endpoint.toString());",
            "```");
    compile(page);

    assertThatThrownBy(() -> run(page.bodies().get(0)))
        .isInstanceOf(java.util.concurrent.TimeoutException.class)
        .hasMessageStartingWith("tcp://127.0.0.1:");
  }

  @Test
  void findsBlocksOfJavaOnly() {
    MarkdownSnippets page = page("```xml", "<a/>", "```", "```java", "one();", "", "two();", "```");

    assertThat(page.bodies()).containsExactly(new MarkdownSnippets.Body(5, "one();\n\ntwo();"));
    assertThatThrownBy(() -> page("```java", "one();"))
        .hasMessageContaining("page.md:1: block without an end");
  }

  private static MarkdownSnippets page(String... lines) {
    return MarkdownSnippets.of("page.md", List.of(lines));
  }

  private static void run(MarkdownSnippets.Body snippet) throws Throwable {
    EchoServer server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .get(WAIT_SECONDS, TimeUnit.SECONDS);
    URL[] compiled = {classes.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(compiled, EmbeddingTest.class.getClassLoader())) {
      Class<?> type = loader.loadClass(snippet.className());
      type.getMethod("run", Endpoint.class).invoke(null, server.endpoints().get(0));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      server.close().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void compile(MarkdownSnippets page) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-Xlint:all,-path",
            "-Werror",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString());
    List<Source> sources =
        page.bodies().stream().map(body -> new Source(page.page(), page.source(body))).toList();
    assertThat(sources).as("snippets of " + page.page()).isNotEmpty();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Boolean compiles = compiler.getTask(said, files, null, options, null, sources).call();
      assertThat(compiles).as(said.toString()).isTrue();
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String page;
    private final String code;

    Source(String page, String code) {
      super(URI.create("string:///" + page), JavaFileObject.Kind.SOURCE);
      this.page = page;
      this.code = code;
    }

    @Override
    public String getName() {
      return page;
    }

    /** The class is not called as the page is. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE && !simpleName.equals("package-info");
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
