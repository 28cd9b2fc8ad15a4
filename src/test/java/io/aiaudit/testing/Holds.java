package io.aiaudit.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test of what kills, attacks and full disks do, in all its cases: {@code ./mvnw -Pholds verify}. The build runs some of the cases by another method. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@org.junit.jupiter.api.Tag("holds")
public @interface Holds {}
