package dev.echo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What is public is documented, and listed in docs/embedding.md. */
class PublicApiTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path LIST = Path.of("..", "docs", "embedding.md");
  private static final Pattern LISTED =
      Pattern.compile("^- `(dev\\.echo\\.[\\w.]+)`: \\S", Pattern.MULTILINE);
  private static final String HEADING = "## Public types\n";

  @Test
  void documentsWhatIsPublic() {
    assertThat(scanSources().undocumented).as("public and without Javadoc").isEmpty();
  }

  @Test
  void listsEachPublicTypeOnce() throws IOException {
    String text = Files.readString(LIST);
    assertThat(text).contains(HEADING);
    String section = text.substring(text.indexOf(HEADING) + HEADING.length()).split("\n## ", 2)[0];
    List<String> listed =
        LISTED.matcher(section).results().map((MatchResult line) -> line.group(1)).toList();

    assertThat(listed)
        .as("the list \"Public types\" in docs/embedding.md")
        .containsExactlyInAnyOrderElementsOf(scanSources().publicTypes);
  }

  @Test
  void seesWhatIsUndocumented() {
    Scan scan =
        scan(
            List.of(
                new Source(
                    """
                    package p;
                    public class A {
                      public A() {}
                      protected void method() {}
                      @Override public String toString() { return ""; }
                      void inside() {}
                      private A(int hidden) {}
                      /** Said. */ public interface B { int method(); private void hidden() {} }
                      /** Said. */ public record C(int i) { public C { } public C() { this(0); } }
                      static class Hidden { public void method() {} }
                      public enum E { ONE }
                    }
                    class Outside { public void method() {} public static class Inner {} }
                    """)));

    assertThat(scan.undocumented)
        .containsExactly("p.A", "p.A.A", "p.A.method", "p.A.B.method", "p.A.C.C", "p.A.E");
    assertThat(scan.publicTypes).containsExactly("p.A");
  }

  private static Scan scanSources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return scan(
          files
              .filter(file -> file.toString().endsWith(".java"))
              .sorted()
              .map(PublicApiTest::read)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path file) {
    try {
      return new Source(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scan scan(List<Source> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, sources);
      Scan scan = new Scan(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        scan.scan(new TreePath(unit), null);
      }
      return scan;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Goes into public types only: what is inside a hidden one is hidden with it. */
  private static final class Scan extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final List<String> undocumented = new ArrayList<>();
    private final TreeSet<String> publicTypes = new TreeSet<>();

    Scan(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!isPublic(type.getModifiers())) {
        return null;
      }
      require(name());
      if (getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree) {
        publicTypes.add(name());
      }
      for (Tree member : type.getMembers()) {
        if (member instanceof ClassTree || member instanceof MethodTree) {
          scan(member, null);
        }
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean isSeen =
          isPublic(method.getModifiers()) && !isOverride(method) && !isCompactOrImplied(method);
      if (isSeen) {
        boolean isConstructor = method.getReturnType() == null;
        require(name() + "." + (isConstructor ? simpleName() : method.getName()));
      }
      return null;
    }

    private void require(String what) {
      String doc = trees.getDocComment(getCurrentPath());
      if (doc == null || doc.isBlank()) {
        undocumented.add(what);
      }
    }

    private boolean isPublic(ModifiersTree modifiers) {
      TreePath parent = getCurrentPath().getParentPath();
      boolean isMemberOfInterface =
          parent.getLeaf().getKind() == Kind.INTERFACE
              || parent.getLeaf().getKind() == Kind.ANNOTATION_TYPE;
      return isMemberOfInterface
          ? !modifiers.getFlags().contains(Modifier.PRIVATE)
          : modifiers.getFlags().contains(Modifier.PUBLIC)
              || modifiers.getFlags().contains(Modifier.PROTECTED);
    }

    private static boolean isOverride(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .map(AnnotationTree::getAnnotationType)
          .anyMatch(type -> type.toString().equals("Override"));
    }

    /** A constructor whose parameters are not written: those of a record, documented there. */
    private boolean isCompactOrImplied(MethodTree method) {
      if (method.getReturnType() != null) {
        return false;
      }
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      long from = trees.getSourcePositions().getStartPosition(unit, method);
      long body = trees.getSourcePositions().getStartPosition(unit, method.getBody());
      try {
        String head =
            unit.getSourceFile()
                .getCharContent(true)
                .subSequence((int) from, (int) body)
                .toString();
        return !head.contains(simpleName() + "(");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String simpleName() {
      String name = name();
      return name.substring(name.lastIndexOf('.') + 1);
    }

    private String name() {
      StringBuilder name = new StringBuilder();
      for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
        if (path.getLeaf() instanceof ClassTree type) {
          name.insert(0, "." + type.getSimpleName());
        }
      }
      return getCurrentPath().getCompilationUnit().getPackageName() + name.toString();
    }
  }
}
