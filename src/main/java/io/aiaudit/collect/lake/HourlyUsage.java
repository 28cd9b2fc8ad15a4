package io.aiaudit.collect.lake;

import io.aiaudit.model.Window;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statement that rolls usage up to hours in an engine, by the rules for usage files: rows of one time complete each
 * other, averages are weighted by samples where all have them, the maximum of an hour is known where all its rows show
 * one. A series with a value that cannot be is flagged as a whole, since the hours without it would be the quiet ones.
 *
 * @param table the parts of its name
 * @param types of the table's columns, by name in small letters
 */
public record HourlyUsage(List<String> table, Map<String, String> types, Window window) {
    /** What distinguishes rows of one time, such as accelerators; a test compares it with what the store reads. */
    static final List<String> PARTS = List.of(
            "gpu",
            "gpu_index",
            "gpu_id",
            "gpu_uuid",
            "uuid",
            "index",
            "device",
            "device_id",
            "accelerator_index",
            "accelerator_id",
            "accelerator",
            "component",
            "inference_component",
            "InferenceComponentName",
            "variant",
            "variant_name",
            "VariantName",
            "deployment",
            "deployment_name",
            "deployed_model",
            "deployed_model_id");

    private static final List<String> NEEDED = List.of("resource_id", "metric", "hour");
    private static final List<String> VALUES = List.of("average", "maximum", "total");
    private static final List<String> RATIOS = List.of("gpu_utilization", "cpu_utilization", "kv_cache_utilization");

    public HourlyUsage {
        table = List.copyOf(table);
    }

    /** What the table lacks, or has in a form that cannot be rolled up; empty where it is fine. */
    public Optional<String> problem() {
        List<String> missing =
                NEEDED.stream().filter(name -> !types.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            return Optional.of("it has no " + String.join(", ", missing));
        }
        if (VALUES.stream().noneMatch(types::containsKey)) {
            return Optional.of("it has none of " + String.join(", ", VALUES));
        }
        return time().type().isTimestamp()
                ? Optional.empty()
                : Optional.of("its hour is of type " + types.get("hour") + ", not a timestamp");
    }

    /**
     * The columns of a row; after them whether its series has values that cannot be, and how many times became this
     * hour.
     */
    public List<String> header() {
        return Stream.of(
                        Stream.of("resource_id", "metric", "hour"),
                        part().stream(),
                        Stream.of("average", "maximum", "total", "samples"))
                .flatMap(names -> names)
                .toList();
    }

    public String sql() {
        String keys = Stream.concat(
                        Stream.of("resource_id", "metric"), part().stream().map(name -> "part"))
                .collect(Collectors.joining(", "));
        String weight = "CASE WHEN average IS NOT NULL THEN samples END";
        return "WITH point AS (\nSELECT CAST(resource_id AS VARCHAR) AS resource_id, lower(CAST(metric AS VARCHAR)) "
                + "AS metric, "
                + part().map(name -> "CAST(" + Literals.name(name) + " AS VARCHAR) AS part, ")
                        .orElse("")
                + time().text() + " AS moment, "
                + Stream.of("average", "maximum", "total", "samples")
                        .map(this::number)
                        .collect(Collectors.joining(", "))
                + from()
                + "\n), times AS (\nSELECT " + keys + ", moment, max(average) AS average, max(maximum) AS maximum,"
                + " max(total) AS total, max(samples) AS samples,\n  CASE WHEN min(average) < 0 OR min(maximum) < 0"
                + " OR min(total) < 0 OR min(average) <> max(average) OR min(maximum) <> max(maximum)"
                + " OR min(total) <> max(total)\n    OR metric IN (" + Literals.of(RATIOS)
                + ") AND (max(average) > 1 OR max(maximum) > 1) OR max(average) > 1.01 * max(maximum) + 1e-9"
                + " THEN 1 ELSE 0 END AS impossible\nFROM point\nGROUP BY " + keys + ", moment\n), hours AS (\nSELECT "
                + keys + ", substr(moment, 1, 10) || 'T' || substr(moment, 12, 2) || ':00:00Z' AS hour,\n"
                + "  CASE WHEN count(" + weight + ") = count(average) AND sum(" + weight
                + ") > 0 THEN sum(average * samples) / sum(" + weight + ") ELSE avg(average) END AS average,\n"
                + "  CASE WHEN count(maximum) = count(coalesce(average, maximum)) OR max(maximum) > max(average)"
                + " THEN max(maximum) END AS maximum,\n  sum(total) AS total, sum(samples) AS samples,"
                + " sum(impossible) AS impossible, count(*) AS times\nFROM times\nGROUP BY " + keys
                + ", substr(moment, 1, 10) || 'T' || substr(moment, 12, 2) || ':00:00Z'\n)\nSELECT resource_id, "
                + "metric, hour, "
                + (part().isPresent() ? "part, " : "") + "average, maximum, total, samples,\n"
                + "  sum(impossible) OVER (PARTITION BY resource_id, metric) AS impossible, times\nFROM hours";
    }

    /** How many rows it would read. */
    public String countSql() {
        return "SELECT count(*)" + from();
    }

    private String from() {
        LocalDate start = LocalDate.ofInstant(window.start(), ZoneOffset.UTC);
        LocalDate end = LocalDate.ofInstant(window.end(), ZoneOffset.UTC);
        return "\nFROM " + table.stream().map(Literals::name).collect(Collectors.joining(".")) + "\nWHERE "
                + time().since(start) + " AND " + time().before(end);
    }

    private Optional<String> part() {
        return PARTS.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(types::containsKey)
                .findFirst();
    }

    private TimeColumn time() {
        return new TimeColumn("\"hour\"", new ColumnType(types.getOrDefault("hour", "string")));
    }

    private String number(String column) {
        return "CAST(" + (types.containsKey(column) ? Literals.name(column) : "NULL") + " AS DOUBLE) AS " + column;
    }
}
