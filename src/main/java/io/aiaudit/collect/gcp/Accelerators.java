package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.ResourceBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The accelerators of one machine. They are part of the machine type (A2, A3, G2, ...) or attached to it (N1), and what
 * has them in its type may list them as attached once more: they are counted once.
 *
 * @param name null = not known
 * @param memoryGib of each; null = not known
 */
record Accelerators(String name, BigDecimal count, BigDecimal memoryGib) {
    /** One line of accelerators.csv. */
    private record Row(Pattern type, Accelerators accelerators, BigDecimal cores) {}

    private static final List<Row> ROWS = rows();
    private static final String ATTACHED = "attached:";

    private static List<Row> rows() {
        try (InputStream text = Accelerators.class.getResourceAsStream("accelerators.csv")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> row(line.split(",")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the list of accelerators cannot be read", e);
        }
    }

    private static Row row(String[] cells) {
        return new Row(
                Pattern.compile(cells[0]),
                new Accelerators(cells[1], number(cells, 2), number(cells, 3)),
                number(cells, 4));
    }

    private static BigDecimal number(String[] cells, int index) {
        return index >= cells.length || cells[index].isEmpty() ? null : new BigDecimal(cells[index]);
    }

    /** Those of a machine type; empty where it has none. */
    static Optional<Accelerators> ofType(String machineType) {
        return find(machineType == null ? "" : machineType.toLowerCase(Locale.ROOT), null);
    }

    /** The cores of a machine type, in lower case, that is named by its accelerators; empty where they are unknown. */
    static Optional<BigDecimal> coresBeside(String machineType) {
        return ROWS.stream()
                .filter(row ->
                        row.cores != null && row.type.matcher(machineType).matches())
                .map(Row::cores)
                .findFirst();
    }

    /** Those attached to a machine whose type has none: {@code nvidia-tesla-t4} or {@code NVIDIA_TESLA_T4}. */
    static Accelerators attached(String type, BigDecimal count) {
        String plain = type.toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("-vws$", "");
        return find(ATTACHED + plain, count).orElse(new Accelerators(type, count, null));
    }

    private static Optional<Accelerators> find(String text, BigDecimal count) {
        return ROWS.stream()
                .filter(row -> row.type.matcher(text).matches())
                .map(Row::accelerators)
                .findFirst()
                .map(found -> found.count == null ? new Accelerators(found.name, count, found.memoryGib) : found);
    }

    /** Of a Compute Engine machine; empty = it has none. */
    static Optional<Accelerators> ofInstance(String machineType, JsonNode attached) {
        return ofType(machineType).or(() -> first(attached, "/acceleratorType", "/acceleratorCount"));
    }

    /** Of a {@code machineSpec} of Vertex AI; empty = it has none. */
    static Optional<Accelerators> ofSpec(JsonNode spec) {
        String type = Json.text(spec, "/acceleratorType");
        return ofType(Json.text(spec, "/machineType"))
                .or(() -> type == null || type.equals("ACCELERATOR_TYPE_UNSPECIFIED")
                        ? Optional.empty()
                        : Optional.of(attached(type, Json.number(spec, "/acceleratorCount"))));
    }

    /** The first of a list; machines have accelerators of one kind. */
    static Optional<Accelerators> first(JsonNode list, String type, String count) {
        for (JsonNode one : list) {
            String name = GcpSession.last(Json.text(one, type));
            BigDecimal number = Json.number(one, count);
            return Optional.of(name == null ? new Accelerators(null, number, null) : attached(name, number));
        }
        return Optional.empty();
    }

    void describe(ResourceBuilder resource) {
        resource.accelerator(name).acceleratorCount(count).acceleratorMemoryGib(memoryGib);
    }
}
