package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.model.UserError;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each number of an audit, changed by itself, is refused when the audit is read, or nothing is shown of it. What cannot
 * be checked is listed here with the reason: a figure that is new fails until it is checked or listed.
 */
@Slow
class EveryFigureTest {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** Of what is there many times, so many are changed. */
    private static final int OF_EACH = 2;

    private static final String MEASURED = "was measured, and follows from nothing else";
    private static final String OF_USES = "is of uses of the model that the audit does not have one by one";
    private static final String OF_CHARGES = "is of charges that the audit does not have, and of refunds";
    private static final String OF_BILL = "is in the bill only";
    private static final String COUNTED = "counts resources that are not named; below 0 is refused";

    /** Begins the path, and why no change of it can be refused. */
    private static final Map<String, String> FREE = new LinkedHashMap<>();

    static {
        FREE.put("$.resources[].hour_of_week", MEASURED);
        FREE.put("$.resources[].daily", MEASURED);
        FREE.put("$.findings[].evidence", MEASURED);
        FREE.put("$.scan_cost", MEASURED);
        FREE.put("$.tokens[].calls", OF_USES);
        FREE.put("$.tokens[].cost", OF_USES);
        FREE.put("$.tokens[].monthly_cost", OF_USES);
        FREE.put("$.tokens[].per_million.", OF_USES);
        FREE.put("$.tokens[].tokens_", OF_USES);
        FREE.put("$.compliance[].monthly_cost", OF_CHARGES);
        FREE.put("$.compliance[].alternative_saving", OF_CHARGES);
        FREE.put("$.compliance[].to_check_saving", OF_CHARGES);
        FREE.put("$.trail_coverage[].cost_per_kib", OF_CHARGES);
        FREE.put("$.trail_coverage[].gib_per_kib", OF_CHARGES);
        FREE.put("$.trail_coverage[].missing_", OF_CHARGES);
        FREE.put("$.totals.in_use_partly_checked", "is of resources without a finding, some of which may be refunded");
        FREE.put("$.gpu_mix[].by_hour[]", "is a mean of hours that the audit does not have");
        FREE.put("$.unit_costs[].cost_share", "has refunds above the line or below");
        FREE.put("$.bill.providers[].promotional_credit", OF_BILL);
        for (String fact : List.of("replicas", "accelerator_count", "accelerator_memory_gib", "vcpus", "memory_gib")) {
            FREE.put("$.resources[]." + fact, "is in the inventory only");
        }
        FREE.put("$.resources[].monthly_cost", "has parts of the bill; with a finding or a verdict it is theirs");
        FREE.put("$.resources[].run_rate", "has parts of the bill; with a finding it is its");
        FREE.put("$.bill.providers[].billed_cost", OF_BILL);
        FREE.put("$.bill.providers[].tax", OF_BILL);
        FREE.put("$.conversions[]", OF_BILL);
        FREE.put("$.commitments[].hourly_commitment", OF_BILL + "; below 0 is refused");
    }

    /** Begins the path, and why only some changes can be refused: those below 0 or far above what follows from it. */
    private static final Map<String, String> BOUNDED = new LinkedHashMap<>();

    static {
        BOUNDED.put("$.bill.providers[].rows", OF_BILL);
        BOUNDED.put("$.bill.providers[].rejected_rows", OF_BILL);
        BOUNDED.put("$.totals.run_rate", "has what comes and goes; below 0 is refused where nothing was paid back");
        BOUNDED.put("$.totals.monthly_ai_cost", "has what existed in a part of the window as a whole month");
        BOUNDED.put("$.totals.monthly_cost", "is that of the groups, which an older audit does not have");
        BOUNDED.put("$.totals.coverage.", "is only known of all classes where nothing says what was not assessed");
        BOUNDED.put("$.rules[].examined", COUNTED);
        BOUNDED.put("$.rules[].found", "counts findings on a whole, of which the audit has those on its parts");
        BOUNDED.put("$.rules[].not_examined_cost", "is of resources that are not named by reason");
        BOUNDED.put("$.checklist[].", COUNTED);
        BOUNDED.put("$.verdicts[].cost", "is the part of the window of its monthly cost");
        BOUNDED.put("$.verdicts[].monthly_cost", "is 0 where its resource has no price");
        BOUNDED.put("$.not_assessed[].resources", COUNTED);
        BOUNDED.put("$.not_assessed[].cost", "is rounded by itself: a cent for each adds up to what is not assessed");
        BOUNDED.put("$.compliance[].resources", COUNTED);
        BOUNDED.put("$.residency[].resources", COUNTED);
        BOUNDED.put("$.trail_coverage[].resources", COUNTED);
        BOUNDED.put("$.roll_ups[].groups[].resources", COUNTED);
        BOUNDED.put("$.roll_ups[].groups[].monthly_cost", "is rounded by itself; far from the whole is refused");
        BOUNDED.put("$.tokens[].resources", COUNTED);
        BOUNDED.put("$.unit_costs[].", "is of resources of which those that cost most are named");
        FREE.put("$.commitments[].used_share", OF_BILL);
        FREE.put("$.commitment_coverage[].monthly_cost", "is of time, beside which refunds are paid back");
        BOUNDED.put("$.commitment_coverage[].", "is made of charges by the hour, which the audit does not have");
        BOUNDED.put("$.gpu_mix[].", "is to six digits what its hours and families add up to");
        BOUNDED.put("$.findings[].calculation.", "is rounded to the cent in what it gives");
        BOUNDED.put("$.findings[].decision_frees", "is a part of what its gross saving is above what it adds");
        BOUNDED.put("$.findings[].remedy.one_off", "is an estimate of the configuration");
        BOUNDED.put("$.findings[].advice[].", "is of the cloud, and its difference to what we say");
        BOUNDED.put("$.findings[].monthly_cost", "is that of its resource, where it is in the audit");
        BOUNDED.put("$.findings[].run_rate", "is that of its resource, where it is in the audit");
    }

    private static final Map<String, UnaryOperator<BigDecimal>> CHANGES = new LinkedHashMap<>();

    static {
        CHANGES.put("doubled", amount -> amount.multiply(BigDecimal.valueOf(2)));
        CHANGES.put("made 0", amount -> BigDecimal.ZERO);
        CHANGES.put("made negative", BigDecimal::negate);
        CHANGES.put(
                "raised by a tenth",
                amount -> amount.multiply(new BigDecimal("1.1")).add(BigDecimal.TEN));
    }

    @TempDir
    private Path folder;

    private final Set<String> accepted = new TreeSet<>();

    @Test
    void of_the_demo() throws IOException {
        SavedDemo.in(folder.resolve("demo"));
        walk(Files.readString(folder.resolve("demo").resolve(SavedDemo.AUDIT)));
    }

    @Test
    void of_two_files() throws IOException {
        Path files = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");
        Run run = Run.of(
                "scan",
                "--billing",
                files.resolve("bill.csv").toString(),
                "--usage",
                files.resolve("usage.csv").toString(),
                "-q",
                "-f",
                "json",
                "-o",
                folder.toString());
        assertThat(run.exitCode()).as(run::toString).isZero();
        walk(Files.readString(folder.resolve("aiaudit.json")));
    }

    @Test
    void of_an_older_audit() throws IOException {
        // Without the calculation of a finding, which came later, its gross range is only known as likely.
        walk(
                AuditJson.text(SampleAudit.rich()),
                List.of("$.findings[].stand_alone.low", "$.findings[].stand_alone.high"));
    }

    private void walk(String json) throws IOException {
        walk(json, List.of());
    }

    /** With paths that are bounded in this audit only. */
    private void walk(String json, List<String> bounds) throws IOException {
        JsonNode tree = MAPPER.readTree(json);
        // The metrics are most of the file, and free.
        tree.path("resources").forEach(resource -> {
            ((ObjectNode) resource).putNull("hour_of_week");
            ((ObjectNode) resource).putNull("daily");
        });
        String whole = read(tree);
        assertThat(whole).as("unchanged").isNotNull();
        Map<String, List<Position>> positions = new TreeMap<>();
        positions(tree, "$", positions);
        assertThat(positions).hasSizeGreaterThan(40);
        for (Map.Entry<String, List<Position>> path : positions.entrySet()) {
            if (FREE.keySet().stream().noneMatch(path.getKey()::startsWith)) {
                boolean bounded = bounds.contains(path.getKey())
                        || BOUNDED.keySet().stream().anyMatch(path.getKey()::startsWith);
                path.getValue().stream()
                        .limit(OF_EACH)
                        .forEach(position -> change(path.getKey(), position, tree, whole, bounded));
            }
        }
        assertThat(accepted).isEmpty();
    }

    private void change(String path, Position position, JsonNode tree, String whole, boolean bounded) {
        BigDecimal amount = position.value().decimalValue();
        boolean refused = false;
        for (Map.Entry<String, UnaryOperator<BigDecimal>> change : CHANGES.entrySet()) {
            BigDecimal changed = change.getValue().apply(amount);
            if (changed.compareTo(amount) == 0) {
                continue;
            }
            position.set(DecimalNode.valueOf(
                    position.value().isIntegralNumber() ? changed.setScale(0, RoundingMode.UP) : changed));
            String read = read(tree);
            boolean harmless = read == null || read.equals(whole);
            refused |= harmless;
            if (!harmless && !bounded) {
                accepted.add(path + " " + change.getKey() + " is read: " + amount + " as " + changed);
            }
        }
        if (bounded && amount.signum() != 0 && !refused) {
            accepted.add(path + " has no bound: " + amount);
        }
        position.set(position.value());
    }

    /** As it would be written again; null when it is refused. */
    private String read(JsonNode tree) {
        try {
            Path file = Files.writeString(folder.resolve("mutant.json"), tree.toString());
            return AuditJson.text(AuditJson.read(file));
        } catch (UserError refused) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a number is. */
    private record Position(JsonNode parent, String name, int index, JsonNode value) {
        void set(JsonNode other) {
            if (parent instanceof ObjectNode object) {
                object.set(name, other);
            } else {
                ((ArrayNode) parent).set(index, other);
            }
        }
    }

    private static void positions(JsonNode node, String path, Map<String, List<Position>> positions) {
        if (node instanceof ObjectNode object) {
            object.fieldNames()
                    .forEachRemaining(
                            name -> position(object, name, 0, object.get(name), path + "." + name, positions));
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                position(array, null, index, array.get(index), path + "[]", positions);
            }
        }
    }

    private static void position(
            JsonNode parent,
            String name,
            int index,
            JsonNode value,
            String path,
            Map<String, List<Position>> positions) {
        if (value.isNumber()) {
            positions.computeIfAbsent(path, each -> new ArrayList<>()).add(new Position(parent, name, index, value));
        } else {
            positions(value, path, positions);
        }
    }
}
