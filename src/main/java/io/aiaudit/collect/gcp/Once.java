package io.aiaudit.collect.gcp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What several parts or projects need is read once, by the first that does. A failure is not kept. */
final class Once {
    private static final class Kept {
        private Object value;
    }

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** {@code read} returns no null; each name is that of one thing, of one type. */
    @SuppressWarnings("unchecked")
    <T> T get(String name, Supplier<T> read) {
        Kept one = kept.computeIfAbsent(name, key -> new Kept());
        synchronized (one) {
            if (one.value == null) {
                one.value = read.get();
            }
            return (T) one.value;
        }
    }
}
