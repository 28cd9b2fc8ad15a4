package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Calculation;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an engineer finds out about one scan of the demo company. */
@Slow
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainAndQueryTest {
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| [^|]+ \\| (.+) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static final BigDecimal CENT = new BigDecimal("0.01");

    private SavedDemo demo;
    private String saved;
    private String json;

    @BeforeAll
    void scan(@TempDir Path folder) throws IOException {
        demo = SavedDemo.in(folder);
        saved = folder.resolve("demo.aiaudit").toString();
        json = folder.resolve("aiaudit.json").toString();
    }

    /** The base is no round number, so that half a cent may be rounded the other way. */
    @Test
    void every_gross_saving_can_be_worked_out_again() {
        List<String> wrong = new ArrayList<>();
        for (AuditedFinding finding : demo.audit().findings()) {
            Calculation calculation = finding.calculation();
            if (finding.standAlone() == null) {
                assertThat(calculation).as(finding.id()).isNull();
            } else if (!isNear(again(calculation), finding.standAlone())) {
                wrong.add(finding.id() + " " + again(calculation) + " instead of " + finding.standAlone());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(demo.audit().findings()).extracting(AuditedFinding::lever).contains(Lever.COMMIT);
    }

    private static boolean isNear(Range one, Range other) {
        return one.low().subtract(other.low()).abs().compareTo(CENT) <= 0
                && one.likely().subtract(other.likely()).abs().compareTo(CENT) <= 0
                && one.high().subtract(other.high()).abs().compareTo(CENT) <= 0;
    }

    private static Range again(Calculation calculation) {
        return new Range(
                saving(calculation, calculation.remainingWorst()),
                saving(calculation, calculation.remaining()),
                saving(calculation, calculation.remainingBest()));
    }

    private static BigDecimal saving(Calculation calculation, BigDecimal remaining) {
        return calculation.whole().multiply(BigDecimal.ONE.subtract(remaining)).setScale(2, RoundingMode.HALF_EVEN);
    }

    @Test
    void a_finding_is_explained_alike_from_the_scan_and_from_its_report() throws IOException {
        AuditedFinding finding = demo.audit().findings().get(0);
        Run ofScan = Run.of("explain", saved, finding.id(), "-q");
        Run ofReport = Run.of("explain", json, finding.id().substring(0, 6), "-q");

        assertThat(ofScan.exitCode()).as(ofScan::toString).isZero();
        assertThat(ofReport.out()).isEqualTo(ofScan.out());
        assertThat(ofScan.out())
                .contains("Data points", "base = ", "gross saving = ", "net saving = ", "Status: counted");
    }

    /** An id is where a rule is to be looked up, not in a sentence; cents only where they are worked out. */
    @Test
    void an_explanation_names_rules_by_their_titles_and_amounts_without_cents() {
        AuditedFinding alternative = demo.audit().findings().stream()
                .filter(finding ->
                        finding.status() == Status.ALTERNATIVE && finding.rule().equals("notebook-idle"))
                .findFirst()
                .orElseThrow();
        String text = Run.of("explain", json, alternative.id(), "-q").out();

        assertThat(text)
                .contains(
                        "Status: alternative\n    \"Idle GPU instances and workloads\" was chosen: both save the same.")
                .containsPattern(
                        "\n    Idle GPU instances and workloads \\([0-9a-f]{16}\\): counted, gross \\$[0-9,]+,\\s+net");
        assertThat(text.substring(text.indexOf("Calculation"), text.indexOf("Status:")))
                .containsPattern("gross saving = [0-9,]+\\.\\d\\d x ");
    }

    @Test
    void a_finding_of_another_resource_is_found_by_rule_and_resource() throws IOException {
        Run run = Run.of("explain", json, "-q", "-f", "json", "inference-endpoint-idle", "upsell-ranker");
        JsonNode explained = new ObjectMapper().readTree(run.out());

        assertThat(explained.path("schema").asText()).isEqualTo("aiaudit/explanation/v1");
        assertThat(explained.path("finding").path("resource_name").asText()).isEqualTo("upsell-ranker");
        assertThat(explained.path("measured")).isNotEmpty();
        assertThat(explained.path("formula").get(0).asText()).startsWith("base = ");
    }

    @Test
    void what_is_ambiguous_or_absent_is_an_error_that_helps() {
        Run several = Run.of("explain", json, "-q", "inference-endpoint-idle");
        assertThat(several.exitCode()).isEqualTo(2);
        assertThat(several.err())
                .contains("\" matches 15 findings.\n", "aiaudit explain /")
                .containsPattern("(?m)^e[0-9a-f]{15} +\\$8,799  upsell-ranker$");
        assertThat(several.err().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(160));
        assertThat(Run.of("explain", json, "-q", "e11").err()).contains("the start of an id needs 4 characters.");

        Run none = Run.of("explain", json, "-q", "inference-endpoint-idel");
        assertThat(none.err()).contains("Did you mean \"inference-endpoint-idle\"?");

        Run notThere = Run.of("explain", json, "-q", "inference-endpoint-idle", "gpu-cluster");
        assertThat(notThere.err()).contains("has no finding on gpu-cluster");
    }

    @Test
    void a_resource_without_a_finding_is_explained_by_what_it_cost_and_what_is_missing() {
        Run run = Run.of("explain", saved, "-q", "research-cluster");
        assertThat(run.exitCode()).as(run::toString).isZero();
        assertThat(run.out())
                .startsWith("No finding: research-cluster\n")
                .containsPattern(
                        "It costs \\$92,412 a month, \\$91,146 in the window. No finding is about it. Not\\s+assessed:")
                .containsPattern("not assessed, check by hand how many nodes[^:]+:[^:]+: training-cluster-idle")
                .contains("What the rules made of it\n", "What would help\n");

        assertThat(Run.of("explain", json, "-q", "research-cluster").out())
                .contains("    not assessed, data is missing (", "What would help\n");
        Run asJson = Run.of("explain", saved, "-q", "-f", "json", "research-cluster");
        assertThat(asJson.exitCode()).isEqualTo(2);
        assertThat(asJson.err()).contains("no finding is about this resource");
    }

    /** The audit of the demo and what its rules made of two endpoints and a bucket. */
    @Test
    void a_saved_scan_says_what_a_rule_made_of_a_resource_without_a_finding() throws IOException {
        RuleReport rule = demo.audit().rules().stream()
                .filter(each -> each.id().equals("inference-endpoint-idle"))
                .findFirst()
                .orElseThrow();
        Set<String> found = demo.audit().findings().stream()
                .filter(finding -> finding.rule().equals(rule.id()))
                .map(AuditedFinding::resourceId)
                .collect(Collectors.toSet());
        String fine = demo.audit().resources().stream()
                .filter(each -> each.kind().equals("inference_endpoint") && each.daily() != null)
                .map(AuditedResource::resourceId)
                .filter(id ->
                        !found.contains(id) && !rule.notExaminedResources().contains(id))
                .findFirst()
                .orElseThrow();
        String other = demo.audit().resources().stream()
                .filter(each -> each.kind().equals("notebook"))
                .map(AuditedResource::resourceId)
                .findFirst()
                .orElseThrow();

        assertThat(Run.of("explain", saved, "-q", rule.id(), fine).err())
                .contains("the rule examined it and it is fine: what the rule looks for is not there.");
        assertThat(Run.of(
                                "explain",
                                saved,
                                "-q",
                                rule.id(),
                                rule.notExaminedResources().get(0))
                        .err())
                .contains("the rule could not examine it: ")
                .containsAnyOf(rule.notExaminedReasons().keySet().toArray(String[]::new));
        assertThat(Run.of("explain", saved, "-q", rule.id(), other).err())
                .contains("the rule does not apply to it: it examined nothing of its kind (notebook).");
        assertThat(Run.of("explain", json, "-q", rule.id(), other).err())
                .contains("the rule does not apply to it: it examined nothing of its kind (notebook).");
        assertThat(Run.of("explain", json, "-q", rule.id(), fine).err())
                .contains("the rule examined its kind (inference_endpoint) and found nothing on it.");
        String unexamined = rule.notExaminedResources().get(0);
        assertThat(Run.of("explain", json, "-q", rule.id(), unexamined).err())
                .as("one reason, that of the scan")
                .isEqualTo(Run.of("explain", saved, "-q", rule.id(), unexamined).err());
    }

    /** A finished audit holds what each decision adds and what it only frees; an explanation guesses no cause. */
    @Test
    void an_explanation_of_a_decision_names_no_cause_that_may_be_another_one() {
        List<String> shown = demo.audit().findings().stream()
                .filter(finding -> finding.status() == Status.UNCONFIRMED && finding.standAlone() != null)
                .filter(finding ->
                        finding.decisionAmount().compareTo(finding.standAlone().likely()) < 0)
                .map(finding ->
                        Run.of("explain", json, "-q", finding.id()).out().replaceAll("\\s+", " "))
                .toList();

        assertThat(shown)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text)
                        .containsPattern("added by your decision = [0-9,.]+ - ")
                        .doesNotContain(" or a commitment"));
    }

    @Test
    void the_documented_tables_are_those_of_a_scan() throws IOException {
        Map<String, List<String>> tables = new TreeMap<>();
        JsonNode listed =
                new ObjectMapper().readTree(Run.of("query", saved, "-f", "json").out());
        listed.forEach(table -> tables.put(
                table.path("table").asText(),
                List.of(table.path("columns").asText().split(", "))));

        assertThat(documented()).isEqualTo(tables);
    }

    private static Map<String, List<String>> documented() throws IOException {
        Map<String, List<String>> tables = new TreeMap<>();
        Path page = Needs.projectFolder().resolve("docs/engineer.md");
        ROW.matcher(Files.readString(page)).results().forEach(row -> tables.put(row.group(1), names(row)));
        return tables;
    }

    private static List<String> names(MatchResult row) {
        String columns = row.group(2).replaceAll("\\([^)]*\\)", "");
        return NAME.matcher(columns).results().map(name -> name.group(1)).toList();
    }

    @Test
    void the_bill_of_a_query_is_that_of_the_report() throws IOException {
        Run run = Run.of(
                "query", saved, "-f", "json", "SELECT sum(cost) AS cost FROM charges WHERE charge_kind = 'cost'");
        BigDecimal total = demo.audit().bill().providers().stream()
                .map(provider -> provider.effectiveCost())
                .reduce(BigDecimal.ZERO, BigDecimal::add);

        // An exact amount: a double has no room for its last digit.
        ObjectMapper exact = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        assertThat(exact.readTree(run.out()).get(0).path("cost").decimalValue()).isEqualByComparingTo(total);
    }

    @Test
    void a_query_that_takes_too_long_is_stopped_and_the_words_say_how_to_go_on() {
        Run run = Run.of(
                "query",
                saved,
                "SELECT count(*) FROM metrics a, metrics b, metrics c WHERE a.total + b.total > c.total",
                "--timeout",
                "1");

        assertThat(run.exitCode()).as(run::toString).isEqualTo(2);
        assertThat(run.err())
                .contains("the query was stopped after 1 second, its time limit.")
                .contains("fix: Restrict it with WHERE, such as one metric or one resource, or give it longer: "
                        + "--timeout 10");
    }

    @Test
    void rows_that_are_left_out_are_reported() {
        Run run = Run.of("query", saved, "SELECT resource_id FROM metrics", "--rows", "3", "-f", "csv");

        assertThat(run.out().lines()).hasSize(4);
        assertThat(run.err()).contains("note: there are more than the 3 rows that were printed.");
        assertThat(Run.of("query", json, "SELECT 1").err()).contains("is not a saved scan");
    }
}
