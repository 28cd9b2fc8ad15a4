package io.aiaudit.testing;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.annotation.Testable;

/**
 * Which tests start a process, a server or a browser: those whose code, or whatever of our test code it calls, names a
 * class that does.
 */
final class OutsideTests {
    private static final List<String> STARTERS = List.of(
            "java.lang.ProcessBuilder",
            "java.net.ServerSocket",
            "com.sun.net.httpserver.",
            "com.github.tomakehurst.wiremock.WireMockServer",
            "org.openqa.selenium.");

    private final Map<JavaCodeUnit, Boolean> outside = new HashMap<>();

    private OutsideTests(JavaClasses classes) {
        Map<JavaCodeUnit, Set<JavaCodeUnit>> callers = new HashMap<>();
        Deque<JavaCodeUnit> reached = new ArrayDeque<>();
        for (JavaClass type : classes) {
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
                    if (starts(access)) {
                        reached.add(unit);
                    }
                    called(access)
                            .forEach(callee -> callers.computeIfAbsent(callee, key -> new HashSet<>())
                                    .add(unit));
                }
            }
        }
        while (!reached.isEmpty()) {
            JavaCodeUnit unit = reached.remove();
            if (outside.put(unit, true) == null) {
                reached.addAll(callers.getOrDefault(unit, Set.of()));
            }
        }
    }

    static List<String> untagged(JavaClasses classes) {
        OutsideTests tests = new OutsideTests(classes);
        return tests(classes)
                .filter(test -> tests.isOutside(test) && !isTagged(test))
                .map(JavaMethod::getFullName)
                .sorted()
                .toList();
    }

    /** Methods that say so and start nothing, and classes of which no test starts anything. */
    static List<String> needlesslyTagged(JavaClasses classes) {
        OutsideTests tests = new OutsideTests(classes);
        Set<JavaClass> needed = new HashSet<>();
        tests(classes)
                .filter(tests::isOutside)
                .forEach(test -> selfAndOuter(test.getOwner()).forEach(needed::add));
        Stream<String> methods = tests(classes)
                .filter(test -> test.isAnnotatedWith(Outside.class) && !tests.isOutside(test))
                .map(JavaMethod::getFullName);
        Stream<String> types = tests(classes)
                .map(JavaMethod::getOwner)
                .distinct()
                .filter(type -> type.isAnnotatedWith(Outside.class) && !needed.contains(type))
                .map(JavaClass::getName);
        return Stream.concat(methods, types).sorted().toList();
    }

    private static Stream<JavaMethod> tests(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Testable.class) || method.isMetaAnnotatedWith(Testable.class));
    }

    private boolean isOutside(JavaMethod test) {
        return outside.containsKey(test)
                || selfAndOuter(test.getOwner())
                        .flatMap(type -> Stream.concat(Stream.of(type), type.getAllRawSuperclasses().stream()))
                        .flatMap(type -> type.getCodeUnits().stream())
                        .filter(OutsideTests::runsWithEachTest)
                        .anyMatch(outside::containsKey);
    }

    private static boolean runsWithEachTest(JavaCodeUnit unit) {
        return unit.isConstructor()
                || unit.getName().equals("<clinit>")
                || Stream.of(BeforeAll.class, BeforeEach.class, AfterAll.class, AfterEach.class)
                        .anyMatch(unit::isAnnotatedWith);
    }

    private static boolean isTagged(JavaMethod test) {
        return test.isAnnotatedWith(Outside.class)
                || selfAndOuter(test.getOwner())
                        .flatMap(type -> Stream.concat(Stream.of(type), type.getAllRawSuperclasses().stream()))
                        .anyMatch(type -> type.isAnnotatedWith(Outside.class));
    }

    private static Stream<JavaClass> selfAndOuter(JavaClass type) {
        return Stream.iterate(
                type, each -> each != null, each -> each.getEnclosingClass().orElse(null));
    }

    private static boolean starts(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return STARTERS.stream().anyMatch(owner::startsWith)
                || (owner.equals("java.lang.Runtime") && access.getName().equals("exec"));
    }

    /**
     * What runs by an access to our own test code: the member, what overrides it, and what its class does when it is
     * loaded.
     */
    private static Stream<JavaCodeUnit> called(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        if (!owner.getPackageName().startsWith("io.aiaudit")) {
            return Stream.empty();
        }
        Stream<JavaClass> types = access.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                ? Stream.of(owner)
                : Stream.of(Set.of(owner), owner.getAllSubclasses(), owner.getAllRawSuperclasses())
                        .flatMap(Collection::stream);
        Stream<JavaCodeUnit> members = types.flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getName().equals(access.getName()));
        Stream<JavaCodeUnit> loading = owner.getStaticInitializer().stream().map(JavaCodeUnit.class::cast);
        return Stream.concat(members, loading);
    }
}
