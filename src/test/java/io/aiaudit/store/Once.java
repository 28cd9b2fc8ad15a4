package io.aiaudit.store;

import java.util.function.Supplier;

/** What the cases of a parameterized test look at together, made by the first of them: a store takes seconds. */
final class Once<T> {
    private T made;

    synchronized T get(Supplier<T> maker) {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
