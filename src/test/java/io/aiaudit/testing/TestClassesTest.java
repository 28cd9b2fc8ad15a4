package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/**
 * The classes of tests as the build finds them: none is left out by its name, in the wrong run by its tags, or compiled
 * against something that is gone.
 */
class TestClassesTest {
    private static final Path FOLDER = Needs.projectFolder().resolve("target/test-classes");
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(FOLDER);

    @Test
    void every_class_with_tests_has_a_name_that_the_build_runs() {
        assertThat(CLASSES.stream()
                        .filter(TestClassesTest::hasTests)
                        .map(TestClassesTest::outermost)
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.endsWith("Test") && !name.endsWith("IT"))
                        .distinct())
                .isEmpty();
    }

    @Test
    void every_test_that_starts_something_says_so() {
        assertThat(OutsideTests.untagged(CLASSES))
                .as("tests that start a process, a server or a browser without @Outside")
                .isEmpty();
    }

    @Test
    void every_test_that_says_so_starts_something() {
        assertThat(OutsideTests.needlesslyTagged(CLASSES))
                .as("tests that the quick run could have but for their @Outside")
                .isEmpty();
    }

    @Test
    void every_test_of_the_jar_is_tagged() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getSimpleName().endsWith("IT") && !type.isAnnotatedWith(Outside.class)))
                .isEmpty();
    }

    /** What is compiled in part can leave a class that calls a method which is gone. */
    @Test
    void every_class_was_compiled_against_what_is_there_now() {
        assertThat(CompiledClasses.stale(CLASSES))
                .as("compiled against an older state; renew them: ./mvnw clean")
                .isEmpty();
    }

    @Test
    void every_class_has_its_source() {
        Path sources = Needs.projectFolder().resolve("src/test/java");
        List<String> orphans = CLASSES.stream()
                .filter(type -> type.getSource().isPresent())
                .filter(type ->
                        !Files.exists(sources.resolve(type.getPackageName().replace('.', '/'))
                                .resolve(type.getSource().get().getFileName().orElseThrow())))
                .map(JavaClass::getName)
                .toList();
        assertThat(orphans).as("their source is gone: ./mvnw clean").isEmpty();
    }

    private static boolean hasTests(JavaClass type) {
        return type.getMembers().stream().anyMatch(TestClassesTest::isTest);
    }

    private static boolean isTest(JavaMember member) {
        return member.isAnnotatedWith(Testable.class) || member.isMetaAnnotatedWith(Testable.class);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(TestClassesTest::outermost).orElse(type);
    }
}
