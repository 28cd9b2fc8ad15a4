package io.aiaudit.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test of what kills, attacks and full disks do, with a number of cases by {@code Integer.getInteger}: the build runs
 * a few, {@code ./mvnw -Pholds verify} hundreds. It counts what it tried in {@link Survived}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@org.junit.jupiter.api.Tag("holds")
public @interface Holds {}
