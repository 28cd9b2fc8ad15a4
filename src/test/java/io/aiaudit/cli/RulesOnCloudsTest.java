package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Status;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.RuleBook;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule on every cloud that it is for, and beside each a near miss of the demo company or of a simulated account.
 * clouds.csv says which rule is for which cloud and what it finds there; near-misses.csv names what it leaves alone,
 * and by how little.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Slow
class RulesOnCloudsTest {
    private static final List<String> CLOUDS = List.of("aws", "azure", "gcp");
    private static final Set<Status> WITH_MONEY = Set.of(Status.COUNTED, Status.UNCONFIRMED, Status.ALTERNATIVE);

    private static final List<String> WHERE_EACH_CLOUD_HAS_A_NEAR_MISS = List.of(
            "latency-headroom",
            "gpu-serves-cpu-model",
            "autoscaling-signal",
            "response-cacheable",
            "compliance-overhead",
            "commitment-mix",
            "audit-trail-missing",
            "audit-trail-mutable",
            "data-residency",
            "model-drift-unmonitored");

    private final Map<String, Rule> rules =
            RuleBook.builtIn().rules().stream().collect(Collectors.toMap(Rule::id, rule -> rule));
    private final Map<String, Audit> accounts = new HashMap<>();

    /** With all parameters of near misses moved; of the demo company under "demo", else by cloud. */
    private final Map<String, Audit> moved = new HashMap<>();

    private Audit demo;
    private Map<String, List<String>> examined;

    @BeforeAll
    void scan(@TempDir Path folder) throws IOException {
        SavedDemo saved = SavedDemo.in(folder.resolve("demo"));
        demo = saved.audit();
        examined = saved.examined(rules.values());
        // One report with all parameters moved: what a rule finds depends on no other rule, but for commitments, which
        // take what is left.
        moved.put("demo", saved.withParameters(movedParameters("demo")));
        for (String cloud : CLOUDS) {
            Path account = folder.resolve(cloud);
            Path scan = folder.resolve(cloud + ".aiaudit");
            accounts.put(cloud, audit(SimulatedAccount.scan(cloud, account, "", "--save", scan.toString()), account));
            moved.put(cloud, withParameters(movedParameters(cloud), scan, account));
        }
    }

    /** The report of the same scan with the account's configuration and these lines behind it. */
    private static Audit withParameters(String parameters, Path scan, Path account) throws IOException {
        Path out = Files.createDirectory(account.resolve("moved"));
        Path config = Files.writeString(
                out.resolve("aiaudit.yaml"), Files.readString(account.resolve("aiaudit.yaml")) + parameters);
        Run run = Run.of(
                "report",
                scan.toString(),
                "-q",
                "--config",
                config.toString(),
                "--rule",
                String.join(",", WHERE_EACH_CLOUD_HAS_A_NEAR_MISS),
                "-f",
                "json",
                "-o",
                out.toString());
        return audit(run, out);
    }

    private static Audit audit(Run run, Path out) throws IOException {
        assertThat(run.exitCode()).as(run::toString).isZero();
        return AuditJson.read(out.resolve("aiaudit.json"));
    }

    /** As the configuration has them. */
    private static String movedParameters(String where) {
        Map<String, String> parameters = nearMissesOfThresholds()
                .filter(row -> row.get("where").equals(where))
                .collect(Collectors.toMap(
                        row -> row.get("rule"),
                        row -> row.get("parameter") + ": " + row.get("value"),
                        (one, other) -> one.contains(other) ? one : one + ", " + other,
                        TreeMap::new));
        StringBuilder config = new StringBuilder("rules:\n");
        parameters.forEach((rule, parameter) ->
                config.append("  ").append(rule).append(": {").append(parameter).append("}\n"));
        return config.toString();
    }

    private static boolean isOfDemo(CSVRecord row) {
        return row.get("where").equals("demo");
    }

    static List<CSVRecord> pairs() {
        return TestTable.read("clouds.csv");
    }

    static List<CSVRecord> nearMisses() {
        return TestTable.read("near-misses.csv");
    }

    static Stream<CSVRecord> pairsThatApply() {
        return pairs().stream().filter(pair -> pair.get("applies").equals("yes"));
    }

    static Stream<CSVRecord> nearMissesOfThresholds() {
        return nearMisses().stream().filter(row -> !row.get("parameter").isEmpty());
    }

    static Stream<CSVRecord> nearMissesOfAccounts() {
        return nearMisses().stream().filter(row -> !isOfDemo(row));
    }

    @Test
    void each_rule_has_one_row_for_each_cloud_and_at_least_one_near_miss() {
        assertThat(pairs())
                .extracting(pair -> pair.get("rule") + " " + pair.get("cloud"))
                .containsExactlyElementsOf(rules.keySet().stream()
                        .sorted()
                        .flatMap(rule -> CLOUDS.stream().map(cloud -> rule + " " + cloud))
                        .toList());
        assertThat(nearMisses().stream().map(row -> row.get("rule")).distinct())
                .containsExactlyElementsOf(rules.keySet().stream().sorted().toList());
        assertThat(nearMisses()).extracting(row -> row.get("why")).doesNotContain("");
        assertThat(nearMissesOfAccounts())
                .extracting(row -> row.get("rule") + " " + row.get("where"))
                .containsExactlyInAnyOrderElementsOf(WHERE_EACH_CLOUD_HAS_A_NEAR_MISS.stream()
                        .flatMap(rule -> CLOUDS.stream().map(cloud -> rule + " " + cloud))
                        .toList());
    }

    @Test
    void a_rule_that_is_not_for_a_cloud_finds_nothing_there_has_no_command_for_it_and_the_table_says_why() {
        List<CSVRecord> others = pairs().stream()
                .filter(pair -> !pair.get("applies").equals("yes"))
                .toList();
        assertThat(others).isNotEmpty().allSatisfy(pair -> {
            assertThat(pair.get("applies")).isEqualTo("no");
            assertThat(pair.get("why")).isNotBlank();
            assertThat(Stream.of(demo, accounts.get(pair.get("cloud"))))
                    .flatExtracting(Audit::findings)
                    .noneMatch(finding -> isOf(finding, pair));
            assertThat(rules.get(pair.get("rule")).remedies().values())
                    .flatExtracting(remedy -> remedy.commands().keySet())
                    .noneMatch(key -> key.split("/", -1)[0].equals(pair.get("cloud")));
        });
    }

    @ParameterizedTest
    @MethodSource("pairsThatApply")
    void a_rule_finds_the_named_resource_on_each_cloud_that_it_is_for_with_its_money(CSVRecord pair) {
        Audit audit = pair.get("where").equals("demo") ? demo : accounts.get(pair.get("cloud"));
        boolean govern = rules.get(pair.get("rule")).lever() == Lever.GOVERN;
        assertThat(audit.findings())
                .filteredOn(
                        finding -> isOf(finding, pair) && pair.get("resource").equals(finding.resourceName()))
                .as(pair::toString)
                .singleElement()
                .satisfies(finding -> {
                    if (govern) {
                        assertThat(finding.status()).isEqualTo(Status.GOVERN);
                        assertThat(finding.standAlone()).isNull();
                    } else {
                        assertThat(finding.status()).isIn(WITH_MONEY);
                        assertThat(finding.standAlone().likely()).isPositive();
                        assertThat(finding.monthlyCost())
                                .isGreaterThanOrEqualTo(finding.standAlone().likely());
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("nearMisses")
    void the_near_miss_is_examined_and_left_alone(CSVRecord row) {
        if (isOfDemo(row)) {
            assertThat(examined.get(row.get("rule"))).contains(row.get("resource"));
        }
        assertThat(found(isOfDemo(row) ? demo : accounts.get(row.get("where")), row))
                .doesNotContain(row.get("resource"));
    }

    /** Beside what it finds, so that both are in one account. That one was examined shows when a parameter finds it. */
    @ParameterizedTest
    @MethodSource("nearMissesOfAccounts")
    void an_account_with_a_near_miss_also_has_what_the_rule_finds_with_its_money(CSVRecord row) {
        Audit account = accounts.get(row.get("where"));
        boolean govern = rules.get(row.get("rule")).lever() == Lever.GOVERN;
        if (row.get("parameter").isEmpty()) {
            assertThat(govern).isTrue();
            assertThat(examinedNames(account, row)).contains(row.get("resource"));
        }
        assertThat(account.findings())
                .filteredOn(finding -> finding.rule().equals(row.get("rule"))
                        && (govern ? finding.status() == Status.GOVERN : WITH_MONEY.contains(finding.status())))
                .isNotEmpty()
                .allSatisfy(finding -> {
                    if (!govern) {
                        assertThat(finding.standAlone().likely()).isPositive();
                    }
                });
    }

    private List<String> examinedNames(Audit account, CSVRecord row) {
        Rule rule = rules.get(row.get("rule"));
        Audit.RuleReport report = account.rules().stream()
                .filter(one -> one.id().equals(rule.id()))
                .findFirst()
                .orElseThrow();
        return account.resources().stream()
                .filter(resource -> rule.appliesTo().contains(resource.kind()))
                .filter(resource -> !report.notExaminedResources().contains(resource.resourceId()))
                .map(Audit.AuditedResource::name)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("nearMissesOfThresholds")
    void the_near_miss_is_found_once_the_named_parameter_moves(CSVRecord row) {
        assertThat(found(moved.get(row.get("where")), row)).contains(row.get("resource"));
    }

    @Test
    void only_rules_that_ask_for_a_fact_name_no_parameter() {
        assertThat(nearMisses())
                .filteredOn(row -> row.get("parameter").isEmpty())
                // which leaves endpoints of several instances with a latency target to latency-headroom
                .filteredOn(row -> !row.get("rule").equals("gpu-oversized"))
                .extracting(row -> rules.get(row.get("rule")).lever())
                .containsOnly(Lever.GOVERN);
    }

    private static List<String> found(Audit audit, CSVRecord row) {
        return audit.findings().stream()
                .filter(finding -> finding.rule().equals(row.get("rule")))
                .map(Audit.AuditedFinding::resourceName)
                .toList();
    }

    private static boolean isOf(Audit.AuditedFinding finding, CSVRecord pair) {
        return finding.rule().equals(pair.get("rule")) && finding.provider().equals(pair.get("cloud"));
    }
}
