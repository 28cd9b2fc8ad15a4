package io.aiaudit;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.aiaudit.testing.CompiledClasses;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of docs/architecture.md, and what must not be found anywhere. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = ours();

    /** Package to the packages of ours that it may see. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("cli", List.of("scan", "analysis", "config", "rules", "report", "redact", "disk", "model")),
            Map.entry("scan", List.of("config", "analysis", "collect", "rules", "savings", "store", "disk", "model")),
            Map.entry("analysis", List.of("config", "collect", "rules", "savings", "store", "model")),
            Map.entry("config", List.of("collect", "rules", "store", "disk", "model")),
            Map.entry("rules", List.of("store", "disk", "model")),
            Map.entry("collect", List.of("disk", "model")),
            Map.entry("savings", List.of("model")),
            Map.entry("store", List.of("disk", "model")),
            Map.entry("disk", List.of()),
            Map.entry("report", List.of("model")),
            Map.entry("redact", List.of("disk", "model")),
            Map.entry("model", List.of()));

    /** Within the reports: words below, what a report says above them, formats on top, none of which sees another. */
    private static final Map<String, List<String>> REPORT_ARROWS = Map.ofEntries(
            Map.entry("text", List.of()),
            Map.entry("paper", List.of()),
            Map.entry("chart", List.of("text")),
            Map.entry("json", List.of("text")),
            Map.entry("section", List.of("text", "chart", "json")),
            Map.entry("compare", List.of("text", "section")),
            Map.entry("format", List.of("text", "section")),
            Map.entry("html", List.of("text", "section", "compare", "format")),
            Map.entry("markdown", List.of("text", "section", "compare", "format")),
            Map.entry("pdf", List.of("text", "chart", "section", "compare", "format", "paper")),
            Map.entry("pipeline", List.of("text", "json", "section", "format")),
            Map.entry("table", List.of("text", "json", "section", "format")),
            Map.entry("terminal", List.of("text", "section", "compare", "format")));

    private static final int MANY = 10;

    private static final Pattern MONEY =
            Pattern.compile(".*(cost|price|saving|amount|spend|billed|credit|commitment)s?", Pattern.CASE_INSENSITIVE);

    /**
     * The rules look at names: what classes of the libraries inherit is not read from their jars, which would take a
     * minute.
     */
    private static JavaClasses ours() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.aiaudit");
    }

    static Stream<String> packages() {
        return ARROWS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_sees_only_what_its_arrows_point_at(String name) {
        String[] forbidden = ARROWS.keySet().stream()
                .filter(other -> !other.equals(name) && !ARROWS.get(name).contains(other))
                .map(other -> "io.aiaudit." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage("io.aiaudit." + name + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .allowEmptyShould(forbidden.length == 0)
                .check(CLASSES);
    }

    /** What nearly all may see is in a sentence above the table. */
    @ParameterizedTest
    @MethodSource("packages")
    void the_page_has_the_arrows_of_each_package(String name) throws IOException {
        String page = Files.readString(Needs.projectFolder().resolve("docs/architecture.md"));
        List<String> arrows = new ArrayList<>(ARROWS.get(name));
        arrows.removeAll(List.of("disk", "model"));
        assertThat(page)
                .contains("| `" + name + "` | "
                        + (ARROWS.get(name).isEmpty()
                                ? "nothing "
                                : arrows.isEmpty() ? "" : String.join(", ", arrows) + " ")
                        + "| ");
    }

    static Stream<String> packagesOfReports() {
        return REPORT_ARROWS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packagesOfReports")
    void a_package_of_reports_sees_only_what_its_arrows_point_at(String name) {
        String[] forbidden = Stream.concat(
                        Stream.of("io.aiaudit.report"),
                        REPORT_ARROWS.keySet().stream()
                                .filter(other -> !other.equals(name)
                                        && !REPORT_ARROWS.get(name).contains(other))
                                .map(other -> "io.aiaudit.report." + other + ".."))
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage("io.aiaudit.report." + name + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .check(CLASSES);
    }

    @Test
    void every_package_of_reports_has_arrows() {
        String[] known = Stream.concat(
                        Stream.of("io.aiaudit.report"),
                        REPORT_ARROWS.keySet().stream().map(name -> "io.aiaudit.report." + name + ".."))
                .toArray(String[]::new);
        classes()
                .that(resideInAPackage("io.aiaudit.report.."))
                .should()
                .resideInAnyPackage(known)
                .check(CLASSES);
    }

    @Test
    void every_class_was_compiled_against_what_is_there_now() {
        assertThat(CompiledClasses.stale(CLASSES))
                .as("compiled against an older state; renew them: ./mvnw clean")
                .isEmpty();
    }

    @Test
    void every_class_is_in_a_package_that_has_arrows() {
        String[] known = ARROWS.keySet().stream()
                .map(name -> "io.aiaudit." + name + "..")
                .toArray(String[]::new);
        classes().should().resideInAnyPackage(known).check(CLASSES);
    }

    @Test
    void packages_do_not_go_round_in_circles() {
        slices().matching("io.aiaudit.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** Ten values by position are not read but counted; a builder names them. */
    @Test
    void records_of_many_values_are_built_by_name() {
        noClasses()
                .that()
                .haveNameNotMatching(".*Builder(\\$With)?")
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "of a record with ten values or more, of another class",
                        call -> call.getTargetOwner().isRecord()
                                && call.getTarget().getRawParameterTypes().size() >= MANY
                                && !call.getOriginOwner().equals(call.getTargetOwner())))
                .check(CLASSES);
    }

    @Test
    void only_the_store_talks_to_the_database() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.aiaudit.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.duckdb..")
                .check(CLASSES);
    }

    /** A look-up of drivers would load every driver there is. */
    @Test
    void sql_is_sent_by_the_store_and_to_trino_only_and_drivers_are_called_by_name() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.aiaudit.store..", "io.aiaudit.collect.trino..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "io.trino..")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(DriverManager.class)
                .check(CLASSES);
    }

    @Test
    void only_the_command_line_prints_and_ends_the_process() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.aiaudit.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethodWhere(target(DescribedPredicate.describe(
                        "named printStackTrace without a stream",
                        called -> called.getName().equals("printStackTrace")
                                && called.getRawParameterTypes().isEmpty())))
                .check(CLASSES);
    }

    @Test
    void money_is_never_a_floating_number() {
        fields().that(areMoney()).should().notHaveRawType(floating()).check(CLASSES);
        methods().that(areMoney()).should().notHaveRawReturnType(floating()).check(CLASSES);
    }

    private static DescribedPredicate<JavaMember> areMoney() {
        return DescribedPredicate.describe(
                "are called like money",
                member -> MONEY.matcher(member.getName()).matches());
    }

    private static DescribedPredicate<JavaClass> floating() {
        Set<String> names = Set.of("double", "float", Double.class.getName(), Float.class.getName());
        return DescribedPredicate.describe(
                "a floating number", type -> names.contains(type.getName().replaceAll("[\\[L;]", "")));
    }

    @Test
    void names_say_what_a_class_is_for() {
        String[] empty = {"Util", "Utils", "Helper", "Helpers", "Manager", "Impl"};
        Arrays.stream(empty)
                .forEach(ending ->
                        noClasses().should().haveSimpleNameEndingWith(ending).check(CLASSES));
    }
}
