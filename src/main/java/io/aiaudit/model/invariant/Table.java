package io.aiaudit.model.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The invariants of one kind of part, a line each, in the order in which they are checked. */
final class Table<T> {
    private final Function<Facts, Stream<Map.Entry<String, T>>> parts;
    private final List<Invariant<T>> lines = new ArrayList<>();

    private Table(Function<Facts, Stream<Map.Entry<String, T>>> parts) {
        this.parts = parts;
    }

    static <T> Table<T> of(String path, Function<Facts, T> part) {
        return new Table<>(facts -> Stream.ofNullable(part.apply(facts)).map(one -> Map.entry(path, one)));
    }

    static <T> Table<T> each(String path, Function<Facts, List<T>> parts) {
        return new Table<>(facts -> indexed(path, parts.apply(facts)));
    }

    /** Of parts within each of others. */
    static <O, T> Table<T> within(
            String path, Function<Facts, List<O>> outer, Function<O, Stream<Map.Entry<String, T>>> parts) {
        return new Table<>(facts -> indexed(path, outer.apply(facts))
                .flatMap(each -> parts.apply(each.getValue())
                        .map(part -> Map.entry(each.getKey() + "." + part.getKey(), part.getValue()))));
    }

    static <T> Stream<Map.Entry<String, T>> indexed(String path, List<T> parts) {
        return parts == null
                ? Stream.empty()
                : IntStream.range(0, parts.size())
                        .filter(index -> Objects.nonNull(parts.get(index)))
                        .mapToObj(index -> Map.entry(path + "[" + index + "]", parts.get(index)));
    }

    static <T> Stream<Map.Entry<String, T>> keyed(String path, Map<String, T> parts) {
        return parts == null
                ? Stream.empty()
                : parts.entrySet().stream()
                        .filter(part -> part.getValue() != null)
                        .map(part -> Map.entry(path + "." + part.getKey(), part.getValue()));
    }

    Table<T> line(Invariant<T> line) {
        lines.add(line);
        return this;
    }

    Table<T> equal(String key, Figure<T> figure, String what, Figure<T> other) {
        return line(Invariant.equal(key, figure, what, other));
    }

    Table<T> atMost(String key, Figure<T> figure, String what, Figure<T> other) {
        return line(Invariant.atMost(key, figure, what, other));
    }

    Table<T> atLeast(String key, Figure<T> figure, String what, Figure<T> other) {
        return line(Invariant.atLeast(key, figure, what, other));
    }

    Table<T> notNegative(String key, Figure<T> figure) {
        return line(Invariant.notNegative(key, figure));
    }

    /** A share (0..1). */
    Table<T> share(String key, Figure<T> figure) {
        return notNegative(key, figure).atMostAll(key, figure);
    }

    Table<T> atMostAll(String key, Figure<T> figure) {
        return line(Invariant.atMostAll(key, figure));
    }

    /** A price or a share of six digits. */
    Table<T> quotient(String key, Figure<T> figure, String what, Figure<T> other) {
        return line(Invariant.quotient(key, figure, what, other));
    }

    /** The line before may differ so much. */
    Table<T> within(Figure<T> difference) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1).within(difference));
        return this;
    }

    /** In the line before each of so many amounts was rounded by itself. */
    Table<T> withinCents(Figure<T> amounts) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1).withinCents(amounts));
        return this;
    }

    /** What contradicts itself first. */
    Optional<String> firstProblem(Facts facts) {
        List<Map.Entry<String, T>> all = parts.apply(facts).toList();
        return lines.stream()
                .flatMap(line ->
                        all.stream().flatMap(part -> line.problem(part.getKey(), part.getValue(), facts).stream()))
                .findFirst();
    }
}
