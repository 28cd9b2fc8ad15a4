package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** The build runs a test class only by its name: one that is named otherwise would be left out without a word. */
class TestNamesTest {

    @Test
    void every_class_with_tests_has_a_name_that_the_build_runs() {
        List<String> leftOut = new ClassFileImporter()
                .importPath(Needs.projectFolder().resolve("target/test-classes")).stream()
                        .filter(TestNamesTest::hasTests)
                        .map(TestNamesTest::outermost)
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.endsWith("Test") && !name.endsWith("IT"))
                        .distinct()
                        .toList();
        assertThat(leftOut).isEmpty();
    }

    private static boolean hasTests(JavaClass type) {
        return type.getMembers().stream()
                .anyMatch(
                        member -> member.isAnnotatedWith(Testable.class) || member.isMetaAnnotatedWith(Testable.class));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(TestNamesTest::outermost).orElse(type);
    }
}
