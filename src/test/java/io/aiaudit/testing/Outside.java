package io.aiaudit.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that starts a process, a server, a browser or an installation. The quick run leaves it out; {@code
 * TestClassesTest} finds each that does not say so.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@org.junit.jupiter.api.Tag("outside")
@net.jqwik.api.Tag("outside")
public @interface Outside {}
