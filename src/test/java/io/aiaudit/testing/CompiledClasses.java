package io.aiaudit.testing;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds classes that were compiled against members of ours which are not there any more. */
public final class CompiledClasses {
    private CompiledClasses() {}

    public static List<String> stale(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(CompiledClasses::isOurs)
                .filter(access -> isGone(access.getTarget()))
                .map(JavaAccess::getDescription)
                .sorted()
                .distinct()
                .toList();
    }

    private static boolean isOurs(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return owner.getPackageName().startsWith("io.aiaudit") && !owner.isArray();
    }

    private static boolean isGone(AccessTarget target) {
        return target.resolveMember().isEmpty()
                && Stream.concat(
                                target.getOwner().getAllRawSuperclasses().stream(),
                                target.getOwner().getAllRawInterfaces().stream())
                        .filter(type -> !type.getPackageName().startsWith("io.aiaudit"))
                        .noneMatch(type -> hasMethod(type.getName(), target.getName()));
    }

    /**
     * Whether a class of a library, or what it extends in turn, has such a method: ArchUnit does not read libraries.
     */
    private static boolean hasMethod(String type, String method) {
        try {
            Class<?> library = Class.forName(type, false, CompiledClasses.class.getClassLoader());
            Stream<Class<?>> chain = Stream.iterate(library, Objects::nonNull, Class::getSuperclass);
            return Stream.concat(
                            chain.flatMap(each -> Arrays.stream(each.getDeclaredMethods())),
                            Arrays.stream(library.getMethods()))
                    .anyMatch(each -> each.getName().equals(method));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
