package io.aiaudit.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test of changed input files: the build runs some of them, {@code ./mvnw -Pfuzz verify} 10,000 over all classes. It
 * counts them in {@link Survived}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@org.junit.jupiter.api.Tag("fuzz")
public @interface Fuzz {}
