package io.aiaudit.collect;

import io.aiaudit.collect.Slice.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the parts of a source measure, by kind of resource, and what of it stays unknown where a slice is not read. */
public final class Measures {
    private final List<? extends Part<?>> parts;
    private final Map<String, Set<String>> all = new TreeMap<>();

    public Measures(List<? extends Part<?>> parts) {
        this.parts = List.copyOf(parts);
        parts.forEach(part -> add(part.measures(), all));
    }

    private static void add(Map<String, Set<String>> some, Map<String, Set<String>> to) {
        some.forEach((kind, metrics) ->
                to.computeIfAbsent(kind, key -> new TreeSet<>()).addAll(metrics));
    }

    public Map<String, Set<String>> all() {
        return all;
    }

    /** What the slice measures; where it lists resources, all that is measured of their kinds. */
    public Map<String, Set<String>> of(Slice slice) {
        Map<String, Set<String>> ofSlice = new TreeMap<>();
        for (Part<?> part : parts) {
            if (part.label().equals(slice.part()) && part.dataset() == slice.dataset()) {
                add(part.measures(), ofSlice);
                part.operations().stream()
                        .filter(operation -> slice.dataset() == Dataset.INVENTORY)
                        .flatMap(operation -> operation.kinds().stream())
                        .filter(all::containsKey)
                        .forEach(kind -> add(Map.of(kind, all.get(kind)), ofSlice));
            }
        }
        return ofSlice;
    }
}
