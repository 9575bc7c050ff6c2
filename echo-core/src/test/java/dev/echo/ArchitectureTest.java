package dev.echo;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelPipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map of the code in docs/architecture.md: who may import whom, and who alone does what. */
class ArchitectureTest {
  private static final String ROOT = "dev.echo.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  private static final List<String> LEAVES =
      List.of("frame", "metrics", "endpoint", "duplex", "caller", "tls", "fault", "verify", "text");
  private static final List<String> BELOW_PIPELINE = with(LEAVES, "limit", "websocket", "echo");
  private static final List<String> BELOW_SERVER_AND_CLIENT = with(BELOW_PIPELINE, "pipeline");
  private static final List<String> BELOW_PLANS = with(BELOW_SERVER_AND_CLIENT, "client");

  /** Packages that do not exist yet have their place already; the rule holds once they do. */
  private static final Map<String, List<String>> MAY_IMPORT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("frame", List.of("text", "duplex")),
              Map.entry("metrics", List.of("text")),
              Map.entry("endpoint", List.of("text")),
              Map.entry("duplex", List.of("text")),
              Map.entry("tls", List.of("text", "duplex", "endpoint")),
              Map.entry("fault", List.of("text")),
              Map.entry("verify", List.of("text")),
              Map.entry("text", List.of()),
              Map.entry("caller", List.of("text", "metrics", "endpoint")),
              Map.entry("limit", List.of("text", "frame", "metrics", "duplex", "caller")),
              Map.entry("websocket", List.of("text", "frame", "duplex", "endpoint")),
              Map.entry(
                  "echo", List.of("text", "frame", "metrics", "duplex", "endpoint", "websocket")),
              Map.entry("pipeline", BELOW_PIPELINE),
              Map.entry("server", BELOW_SERVER_AND_CLIENT),
              Map.entry("client", BELOW_SERVER_AND_CLIENT),
              Map.entry("payload", BELOW_PLANS),
              Map.entry("ping", BELOW_PLANS),
              Map.entry("load", with(BELOW_PLANS, "payload")),
              Map.entry("check", BELOW_PLANS),
              Map.entry("report", with(BELOW_PLANS, "payload", "ping", "load", "check")),
              Map.entry("junit", with(BELOW_SERVER_AND_CLIENT, "server"))));

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsOnlyDownward(String name) {
    List<String> allowed = with(MAY_IMPORT.getOrDefault(name, List.of()), name);
    DescribedPredicate<JavaClass> others =
        resideInAPackage("dev.echo..")
            .and(DescribedPredicate.not(resideInAnyPackage(inside(allowed))));

    noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat(others)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void hasAPlaceForEachPackage() {
    classes()
        .should()
        .resideInAnyPackage(inside(new ArrayList<>(MAY_IMPORT.keySet())))
        .check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void ordersHandlersInThePipelinePackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "pipeline..")
        .should()
        .callMethodWhere(calls(ChannelPipeline.class, "add(First|Last|Before|After)"))
        .check(CLASSES);
  }

  /** The pipelines set what a connection begins with; from then on the gate alone decides. */
  @Test
  void holdsAndReleasesReadingInTheGateOnly() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "limit.ReadGate")
        .and()
        .resideOutsideOfPackage(ROOT + "pipeline..")
        .should()
        .callMethodWhere(calls(ChannelConfig.class, "setAutoRead"))
        .check(CLASSES);
  }

  @Test
  void printsNothing() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void saysOfEachPackageWhatMayBeNull() {
    List<String> unmarked =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(each -> !each.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();

    assertThat(unmarked).as("packages without @NullMarked").isEmpty();
  }

  private static DescribedPredicate<JavaCall<?>> calls(Class<?> type, String method) {
    return DescribedPredicate.describe(
        type.getSimpleName() + "." + method,
        call ->
            owner(assignableTo(type)).test(call.getTarget())
                && nameMatching(method).test(call.getTarget()));
  }

  private static String[] inside(List<String> names) {
    return names.stream().map(each -> ROOT + each + "..").toArray(String[]::new);
  }

  private static List<String> with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
