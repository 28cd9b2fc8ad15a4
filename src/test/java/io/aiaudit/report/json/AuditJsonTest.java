package io.aiaudit.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.report.SampleAudit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditJsonTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void an_audit_is_valid_by_the_published_schema() throws IOException {
        assertThat(AuditSchema.firstProblem(tree(SampleAudit.rich()))).isEmpty();
        assertThat(AuditSchema.firstProblem(tree(SampleAudit.empty()))).isEmpty();
    }

    @Test
    void the_schema_in_the_jar_is_the_one_in_docs() throws IOException {
        try (var in = AuditSchema.class.getResourceAsStream("/aiaudit/audit.schema.json")) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(Path.of("docs", "audit.schema.json")));
        }
    }

    @Test
    void an_audit_without_any_one_of_its_keys_is_not_valid() throws IOException {
        ObjectNode tree = (ObjectNode) tree(SampleAudit.rich());
        List<String> paths = new ArrayList<>();
        removeEachKey(tree, tree, "$", paths);
        assertThat(paths).hasSizeGreaterThan(120).contains("$.totals.saving.low", "$.findings[0].remedy.commands");
    }

    /** Takes each key away, validates, and puts it back; of arrays the first element is enough. */
    private void removeEachKey(ObjectNode root, ObjectNode node, String path, List<String> paths) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (List.of(
                                    "list_price",
                                    "commitments",
                                    "conversions",
                                    "verdict",
                                    "difference",
                                    "tokens",
                                    "unit_costs",
                                    "commitment_coverage",
                                    "plan",
                                    "terraform",
                                    "needs_decision",
                                    "calculation",
                                    "filter",
                                    "filtered_out",
                                    "roll_ups",
                                    "window_ai_cost",
                                    "coverage",
                                    "in_use_partly_checked",
                                    "verdicts",
                                    "not_assessed",
                                    "not_examined_cost",
                                    "definition",
                                    "not_examined_resources",
                                    "not_examined_because",
                                    "judged_kinds",
                                    "decision_frees",
                                    "run_rate",
                                    "changed_at",
                                    "daily",
                                    "compliance",
                                    "gpu_mix",
                                    "residency",
                                    "environment",
                                    "trail_coverage",
                                    "billed_together")
                            .contains(name)
                    || (path.equals("$.gaps[0]")
                            && List.of("account_id", "region", "dataset", "objects")
                                    .contains(name))
                    || (path + "." + name).equals("$.rules[0].lever")
                    || (path.equals("$.checklist[0]")
                            && !List.of("item", "state", "findings").contains(name))) {
                continue; // came later: an audit of before is read, too
            }
            ObjectNode whole = node.deepCopy();
            node.remove(name);
            assertThat(AuditSchema.firstProblem(root))
                    .as("without %s.%s", path, name)
                    .isPresent();
            node.setAll(whole);
            paths.add(path + "." + name);
            boolean free = List.of(
                            "evidence", "tags", "hour_of_week", "scan_cost", "saving_by_basis", "not_examined_reasons")
                    .contains(name);
            if (!free) {
                descend(root, node.get(name), path + "." + name, paths);
            }
        }
    }

    private void descend(ObjectNode root, JsonNode value, String path, List<String> paths) {
        if (value instanceof ArrayNode array && !array.isEmpty()) {
            descend(root, array.get(0), path + "[0]", paths);
        } else if (value instanceof ObjectNode object) {
            removeEachKey(root, object, path, paths);
        }
    }

    @Test
    void the_keys_are_those_of_the_contract_in_its_order() throws IOException {
        JsonNode tree = tree(SampleAudit.rich());
        assertThat(names(tree))
                .containsExactly(
                        "schema",
                        "tool",
                        "scanned_at",
                        "demo",
                        "partial",
                        "redacted",
                        "window",
                        "currency",
                        "prices_as_of",
                        "warnings",
                        "totals",
                        "bill",
                        "spend",
                        "resources",
                        "findings",
                        "rules",
                        "gaps",
                        "checklist",
                        "scan_cost",
                        "commitments",
                        "conversions",
                        "tokens",
                        "unit_costs",
                        "commitment_coverage",
                        "verdicts",
                        "not_assessed",
                        "compliance",
                        "gpu_mix",
                        "filter",
                        "roll_ups",
                        "residency",
                        "trail_coverage",
                        "filtered_out",
                        "plan");
        assertThat(names(tree.get("window"))).containsExactly("start", "end");
        assertThat(names(tree.get("totals")))
                .containsExactly(
                        "monthly_cost",
                        "monthly_ai_cost",
                        "saving",
                        "saving_by_basis",
                        "stand_alone_saving",
                        "overlap",
                        "unconfirmed_saving",
                        "blocked_saving",
                        "accepted_saving",
                        "freed_commitment",
                        "unpriced_findings",
                        "run_rate",
                        "needs_decision",
                        "window_ai_cost",
                        "coverage",
                        "in_use_partly_checked");
        assertThat(names(tree.at("/bill/providers/0")))
                .containsExactly(
                        "provider",
                        "billed_cost",
                        "effective_cost",
                        "ai_cost",
                        "other_cost",
                        "untold_cost",
                        "tax",
                        "promotional_credit",
                        "rows",
                        "rejected_rows");
        assertThat(names(tree.at("/spend/0"))).containsExactly("day", "provider", "service", "spend_class", "cost");
        assertThat(names(tree.at("/findings/0")))
                .containsExactly(
                        "id",
                        "rule",
                        "provider",
                        "account_id",
                        "account_name",
                        "region",
                        "resource_id",
                        "resource_name",
                        "workload",
                        "kind",
                        "owner",
                        "environment",
                        "tags",
                        "monthly_cost",
                        "run_rate",
                        "changed_at",
                        "cost_basis",
                        "lever",
                        "status",
                        "status_reason",
                        "stand_alone",
                        "counted",
                        "freed_commitment",
                        "confidence",
                        "reason",
                        "target",
                        "remedy",
                        "advice",
                        "evidence",
                        "list_price",
                        "needs_decision",
                        "decision_frees",
                        "calculation");
        assertThat(names(tree.at("/findings/0/remedy")))
                .containsExactly("action", "effort", "speed", "compliance", "commands", "terraform");
        assertThat(names(tree.at("/gaps/0")))
                .containsExactly("source", "scope", "problem", "fix", "account_id", "region", "dataset", "objects");
        assertThat(names(tree.at("/checklist/0")))
                .containsExactly(
                        "item",
                        "state",
                        "findings",
                        "group",
                        "fact",
                        "examined",
                        "shown",
                        "not_examined",
                        "next_step",
                        "contradicted",
                        "audits");
    }

    @Test
    void unknown_is_null_and_never_zero() throws IOException {
        JsonNode totals = tree(SampleAudit.empty()).get("totals");
        assertThat(totals.get("monthly_cost").isNull()).isTrue();
        assertThat(totals.get("saving").isNull()).isTrue();
    }

    @Test
    void money_is_plain_with_its_cents_and_without_the_zeros_of_the_database() throws IOException {
        String json = text(SampleAudit.rich());
        assertThat(json)
                .contains("\"billed_cost\": 251220.9144,", "\"ai_cost\": 112090.10,", "\"accepted_saving\": 2940.00,")
                .doesNotContainPattern("\\.\\d+0000[,\\s]")
                .doesNotContainPattern("\\dE[+-]?\\d");
    }

    @Test
    void an_audit_that_is_read_is_written_with_the_same_bytes() throws IOException {
        Path first = file("first.json", text(SampleAudit.rich()));
        assertThat(text(AuditJson.read(first))).isEqualTo(Files.readString(first));
    }

    @Test
    void decimals_in_evidence_stay_exact_when_they_are_written_and_read() throws IOException {
        ObjectNode tree = (ObjectNode) tree(SampleAudit.rich());
        ((ObjectNode) tree.at("/findings/0/evidence")).put("wide", new BigDecimal("12345678901234567890.123456789"));
        Audit read = AuditJson.read(file("wide.json", tree.toString()));
        assertThat(read.findings().get(0).evidence())
                .containsEntry("wide", new BigDecimal("12345678901234567890.123456789"));
        assertThat(text(read)).contains("\"wide\": 12345678901234567890.123456789");
    }

    @Test
    void keys_of_a_later_version_are_ignored() throws IOException {
        ObjectNode tree = (ObjectNode) tree(SampleAudit.rich());
        tree.put("later", true);
        ((ObjectNode) tree.at("/findings/0")).put("later", 1);
        assertThat(AuditJson.read(file("later.json", tree.toString())).findings())
                .hasSize(26);
    }

    @Test
    void another_schema_is_refused_with_its_name() throws IOException {
        Path newer = file("newer.json", "{\"schema\": \"aiaudit/audit/v2\"}");
        assertThatThrownBy(() -> AuditJson.read(newer)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem())
                    .endsWith("newer.json: $.schema is \"aiaudit/audit/v2\", this aiaudit reads \"aiaudit/audit/v1\".");
            assertThat(error.fix()).contains("Update aiaudit");
        });
        Path foreign = file("foreign.json", "{\"schema\": \"bom\\u001b[2J\"}");
        assertThatThrownBy(() -> AuditJson.read(foreign)).hasMessageContaining("has the \"schema\" \"bom␛[2J\"");
        Path list = file("list.json", "[1]");
        assertThatThrownBy(() -> AuditJson.read(list))
                .hasMessageContaining("is not an aiaudit report: it has no \"schema\"");
        Path nothing = file("nothing.json", "");
        assertThatThrownBy(() -> AuditJson.read(nothing)).hasMessageContaining("is not an aiaudit report");
    }

    @Test
    void a_broken_audit_is_refused_with_the_position() throws IOException {
        ObjectNode tree = (ObjectNode) tree(SampleAudit.rich());
        ((ObjectNode) tree.at("/findings/3")).put("lever", "magic");
        Path broken = file("broken.json", tree.toString());
        assertThatThrownBy(() -> AuditJson.read(broken))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("$.findings[3].lever");

        Path cut = file("cut.json", text(SampleAudit.rich()).substring(0, 900));
        assertThatThrownBy(() -> AuditJson.read(cut))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cut.json: ends at line ")
                .hasMessageContaining("in the middle of the audit: it was cut off.");
        Path garbled = file("garbled.json", "{\n  \"schema\" \"aiaudit\"}");
        assertThatThrownBy(() -> AuditJson.read(garbled))
                .hasMessageContaining("garbled.json: is not JSON from line 2, column 12 on.");

        ObjectNode reversed = (ObjectNode) tree(SampleAudit.rich());
        ((ObjectNode) reversed.get("window")).put("end", "2026-05-01T00:00:00Z");
        Path window = file("window.json", reversed.toString());
        assertThatThrownBy(() -> AuditJson.read(window))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("$.window: no audit can hold "
                        + "{\"start\":\"2026-06-01T00:00:00Z\",\"end\":\"2026-05-01T00:00:00Z\"} there.");
    }

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(strings = {"1e300000000", "-1e-300000000", "1e2147483647"})
    void a_number_that_would_fill_the_memory_is_refused(String number) throws IOException {
        String whole = text(SampleAudit.rich());
        Path total = file(
                "total.json", whole.replaceFirst("\"monthly_ai_cost\": [0-9.]+", "\"monthly_ai_cost\": " + number));
        Path evidence =
                file("evidence.json", whole.replaceFirst("\"evidence\": \\{", "\"evidence\": {\"x\": " + number + ","));
        Path unknown = file("unknown.json", whole.replaceFirst("\\{", "{\"later\": " + number + ","));

        for (Path bomb : List.of(total, evidence, unknown)) {
            assertThat(Files.readString(bomb)).contains(number);
            assertThatThrownBy(() -> AuditJson.read(bomb))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("digits");
        }
    }

    @Test
    void an_audit_with_a_key_twice_is_refused() throws IOException {
        Path twice = file("twice.json", "{\"schema\": \"aiaudit/audit/v1\", \"findings\": [], \"findings\": []}");

        assertThatThrownBy(() -> AuditJson.read(twice))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("twice.json: a key is in it twice");
    }

    @Test
    void an_audit_that_is_nested_without_end_is_refused() throws IOException {
        Path deep = file(
                "deep.json",
                "{\"schema\": \"aiaudit/audit/v1\", \"x\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertThatThrownBy(() -> AuditJson.read(deep))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("deep.json: it is nested more deeply");
    }

    @Test
    void amounts_that_contradict_each_other_are_refused_with_their_key() throws IOException {
        assertContradiction(
                tree -> ((ObjectNode) tree.at("/totals/saving")).put("likely", new BigDecimal("66950.00")),
                "$.totals.saving.likely is 66950.00, and its counted findings add up to ");
        assertContradiction(
                tree -> ((ObjectNode) tree.at("/totals/saving")).put("low", new BigDecimal("9999999")),
                "$.totals.saving.low is 9999999, above likely, ");
        assertContradiction(
                tree -> ((ObjectNode) tree.at("/findings/1/stand_alone")).put("high", BigDecimal.ZERO),
                "$.findings[1].stand_alone.likely is ");
        assertContradiction(
                tree -> ((ArrayNode) tree.path("findings")).insert(0, tree.at("/findings/0")),
                "and its counted findings add up to ");
        assertContradiction(
                tree -> ((ObjectNode) tree.path("totals")).put("unconfirmed_saving", -1),
                "$.totals.unconfirmed_saving is -1, and its findings add up to ");
        assertContradiction(
                tree -> tree.path("findings").forEach(finding -> ((ObjectNode) finding).put("run_rate", 0.01)),
                "$.findings[0].run_rate is 0.01, and that of its resource is ");
        assertContradiction(
                tree -> ((ObjectNode) tree.path("totals")).put("run_rate", -1), "$.totals.run_rate is -1, below 0.");
        assertContradiction(
                tree -> ((ObjectNode) tree.path("totals")).put("stand_alone_saving", 1),
                "$.totals.stand_alone_saving is 1, and its findings add up to ");
        assertContradiction(
                tree -> ((ObjectNode) tree.path("totals")).put("overlap", 999_999),
                "$.totals.overlap is 999999, and its findings add up to ");
        assertContradiction(
                tree -> ((ObjectNode) tree.at("/totals/saving_by_basis")).put("list", 999_999),
                ", and its bases add up to ");
        assertContradiction(
                tree -> ((ObjectNode) tree.at("/findings/0")).put("monthly_cost", 1),
                "$.findings[0].monthly_cost is 1, and that of its resource ");
        assertContradiction(
                tree -> ((ObjectNode) tree.at("/bill/providers/0")).put("effective_cost", 1),
                "$.bill.providers[0].effective_cost is 1, and its parts add up to ");
        assertThat(AuditJson.read(file("empty.json", text(SampleAudit.empty())))
                        .totals()
                        .saving())
                .as("unknown contradicts nothing")
                .isNull();
    }

    /** Each refused a true audit when its table was made: refunds, ended work, rounding, replaced names. */
    @Test
    void what_a_true_audit_may_have_is_read() throws IOException {
        assertAgrees("a resource that was only paid back", tree -> {
            ObjectNode finding = withoutAmount(tree);
            finding.put("run_rate", -5).put("monthly_cost", -5);
            finding.putObject("stand_alone").put("low", 0).put("likely", 0).put("high", 0);
            tree.path("resources").forEach(resource -> {
                if (resource.path("resource_id").equals(finding.path("resource_id"))) {
                    ((ObjectNode) resource).put("run_rate", -5).put("monthly_cost", -5);
                }
            });
        });
        assertAgrees(
                "a part that is checked in part beside a refund",
                tree -> ((ObjectNode) tree.path("totals"))
                        .put(
                                "in_use_partly_checked",
                                tree.at("/totals/coverage/in_use")
                                        .decimalValue()
                                        .add(new BigDecimal("0.01"))));
        assertAgrees(
                "a model of which some uses have no cost",
                tree -> ((ObjectNode) tree.at("/tokens/0/per_million")).put("blended", new BigDecimal("4.41306")));
        assertAgrees("two reasons that are one without the names in them", tree -> {
            tree.put("redacted", true);
            ObjectNode rule = (ObjectNode) tree.at("/rules/0");
            rule.putObject("not_examined_reasons").put("x-1", 1);
            rule.put("not_examined", 2);
            rule.putArray("not_examined_resources");
            rule.putArray("not_examined_because");
        });
        assertAgrees("an hour of next to nothing", tree -> {
            ObjectNode largest = (ObjectNode) tree.at("/unit_costs/2/largest/0");
            largest.put("quantity", new BigDecimal("0.0003"))
                    .put(
                            "unit_cost",
                            largest.path("cost")
                                    .decimalValue()
                                    .divide(new BigDecimal("0.00034"), MathContext.DECIMAL32));
        });
        assertAgrees("groups that were rounded one by one", tree -> {
            ObjectNode totals = (ObjectNode) tree.path("totals");
            ObjectNode group = tree.putArray("roll_ups")
                    .addObject()
                    .put("by", "team")
                    .putArray("groups")
                    .addObject();
            ((ObjectNode) tree.at("/roll_ups/0")).putNull("unassigned_share");
            group.put("name", "search")
                    .put("resources", tree.path("resources").size())
                    .put("findings", tree.path("findings").size())
                    .put(
                            "monthly_cost",
                            totals.path("monthly_cost").decimalValue().add(new BigDecimal("0.07")))
                    .set("net_saving", totals.path("saving").path("likely"));
            group.put(
                    "needs_decision",
                    totals.path("needs_decision").isNull()
                            ? totals.path("unconfirmed_saving").decimalValue()
                            : totals.path("needs_decision").decimalValue());
        });
    }

    private void assertAgrees(String what, Consumer<ObjectNode> change) throws IOException {
        ObjectNode tree = (ObjectNode) tree(SampleAudit.rich());
        change.accept(tree);
        Path file = file("true.json", tree.toString());
        assertThatCode(() -> AuditJson.read(file)).as(what).doesNotThrowAnyException();
    }

    private static ObjectNode withoutAmount(ObjectNode audit) {
        for (JsonNode finding : audit.path("findings")) {
            if (finding.path("stand_alone").isNull()) {
                return (ObjectNode) finding;
            }
        }
        throw new AssertionError("each finding of the sample has an amount");
    }

    /** Found by hand: an exponent that is no int was an internal error. */
    @Test
    void a_number_without_end_is_refused() throws IOException {
        for (String exponent : List.of("1e999999999", "1e3000000000", "-1e-3000000000", "1e99999999999999999999")) {
            Path file = file(
                    "endless.json",
                    text(SampleAudit.rich())
                            .replaceFirst("\"run_rate\" : [0-9.]+|\"run_rate\": [0-9.]+", "\"run_rate\": " + exponent));
            assertThatThrownBy(() -> AuditJson.read(file))
                    .as(exponent)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("digits");
        }
    }

    private void assertContradiction(Consumer<ObjectNode> change, String words) throws IOException {
        ObjectNode tree = (ObjectNode) tree(SampleAudit.rich());
        change.accept(tree);
        Path file = file("changed.json", tree.toString());
        assertThatThrownBy(() -> AuditJson.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("changed.json: ")
                .hasMessageContaining(words);
    }

    @Test
    void a_file_that_is_not_there_is_a_user_error() {
        Path missing = folder.resolve("missing.json");
        assertThatThrownBy(() -> AuditJson.read(missing))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("missing.json");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private JsonNode tree(Audit audit) throws IOException {
        return mapper.readTree(text(audit));
    }

    private static String text(Audit audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditJson.write(audit, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        Iterator<String> fields = node.fieldNames();
        fields.forEachRemaining(names::add);
        return names;
    }
}
