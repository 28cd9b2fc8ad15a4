package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.Status;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.RuleBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChecklistTest {
    private static final String RESIDENCY = "Data and the models that see it stay in allowed regions";
    private static final NextStep NO_STEPS = new NextStep(List.of(), List.of());
    private static final Remedy REMEDY = new Remedy("Do it.", "low", "none", "none", List.of());

    @Test
    void it_has_fourteen_lines_and_every_built_in_rule_has_its_line() {
        List<Checklist.Line> lines = Checklist.own();
        assertThat(lines).hasSize(14).extracting(Checklist.Line::item).doesNotHaveDuplicates();
        assertThat(lines.stream().flatMap(line -> line.rules().stream()).toList())
                .containsAll(RuleBook.builtIn().rules().stream().map(Rule::id).toList());
    }

    @Test
    void nothing_found_everywhere_is_yes() {
        assertThat(state(outcome(List.of("a", "b"), List.of()))).isEqualTo("yes");
    }

    @Test
    void nothing_found_where_it_could_be_examined_is_partly() {
        RuleOutcome outcome =
                new RuleOutcome.Evaluated("data-residency", List.of("a"), Map.of("b", "nobody says"), List.of());
        assertThat(state(outcome)).isEqualTo("partly");
    }

    @Test
    void where_a_rule_did_not_run_or_something_could_not_be_read_yes_is_too_much() {
        Checklist.Line two = Checklist.own().stream()
                .filter(line -> line.rules().contains("audit-trail-missing")
                        && line.rules().size() > 1)
                .findFirst()
                .orElseThrow();
        List<RuleOutcome> clean = two.rules().stream()
                .<RuleOutcome>map(rule -> new RuleOutcome.Evaluated(rule, List.of("a"), Map.of(), List.of()))
                .toList();
        List<RuleOutcome> failed = new ArrayList<>(clean);
        failed.set(0, new RuleOutcome.Failed(clean.get(0).rule(), "a word"));
        assertThat(Stream.of(
                                items(clean, List.of()),
                                items(failed, List.of()),
                                Checklist.with(Set.of(), id -> List.of(), id -> true)
                                        .answer(
                                                clean,
                                                List.of(),
                                                unread("inventory"),
                                                ChecklistTest::nowhere,
                                                NO_STEPS))
                        .map(items -> items.stream()
                                .filter(item -> item.item().equals(two.item()))
                                .findFirst()
                                .orElseThrow()
                                .state()))
                .containsExactly("yes", "partly", "partly");
    }

    @Test
    void settings_that_could_not_be_read_make_no_answer_better() {
        RuleOutcome all = new RuleOutcome.Evaluated(
                "spend-unmonitored", List.of("a", "b", "c"), Map.of(), List.of(finding("b"), finding("c")));
        RuleOutcome lost = settings(List.of("a"), Map.of("b", "unknown", "c", "unknown"));
        RuleOutcome less = settings(List.of("a", "d", "e"), Map.of("b", "unknown"));
        AuditedFinding[] against = {audited("b", Status.GOVERN), audited("c", Status.GOVERN)};

        assertThat(state(all, List.of(), against)).isEqualTo("no");
        assertThat(state(lost, unread("governance"))).isEqualTo("not_examined");
        assertThat(state(less, unread("governance")))
                .as("fewer than what is fine")
                .isEqualTo("partly");
        assertThat(state(lost, unread("metrics"))).as("no settings").isEqualTo("partly");
        assertThat(state(lost, List.of())).as("nobody has it").isEqualTo("partly");
    }

    private static RuleOutcome settings(List<String> examined, Map<String, String> notExamined) {
        return new RuleOutcome.Evaluated("spend-unmonitored", examined, notExamined, List.of());
    }

    private static List<Gap> unread(String dataset) {
        return List.of(new Gap("gcp", "s", "p", "f", null, null, dataset, List.of()));
    }

    private static String state(RuleOutcome outcome, List<Gap> gaps, AuditedFinding... findings) {
        List<AuditedFinding> found = Stream.of(findings)
                .map(finding -> AuditedFindingBuilder.builder(finding)
                        .rule("spend-unmonitored")
                        .build())
                .toList();
        return stateOf(
                "Unusual spend raises an alert",
                Checklist.with(Set.of(), id -> List.of(), id -> true)
                        .answer(List.of(outcome), found, gaps, ChecklistTest::nowhere, NO_STEPS));
    }

    @Test
    void that_no_anomaly_was_found_does_not_say_that_somebody_would_be_notified_of_one() {
        String item = "Unusual spend raises an alert";
        List<RuleOutcome> billAlone = List.of(
                new RuleOutcome.Evaluated("spend-anomaly", List.of("a"), Map.of(), List.of()),
                new RuleOutcome.Evaluated("spend-unmonitored", List.of(), Map.of(), List.of()));
        assertThat(items(billAlone, List.of()))
                .filteredOn(line -> line.item().equals(item))
                .extracting(ChecklistItem::state)
                .containsExactly("not_examined");
    }

    @Test
    void found_on_less_than_half_is_partly_and_on_half_is_no() {
        assertThat(state(outcome(List.of("a", "b", "c"), List.of("a")), audited("a", Status.GOVERN)))
                .isEqualTo("partly");
        assertThat(state(outcome(List.of("a", "b"), List.of("a")), audited("a", Status.GOVERN)))
                .isEqualTo("no");
    }

    @Test
    void what_nothing_confirms_makes_no_answer_better() {
        String scaling = "Endpoints scale with their traffic";
        List<String> endpoints = List.of("a", "b", "c", "d", "e", "f");
        RuleOutcome some = new RuleOutcome.Evaluated(
                "inference-endpoint-no-autoscaling", endpoints, Map.of(), List.of(finding("a"), finding("b")));
        RuleOutcome none =
                new RuleOutcome.Evaluated("inference-endpoint-no-autoscaling", endpoints, Map.of(), List.of());
        List<AuditedFinding> against = Stream.of("a", "b")
                .map(id -> AuditedFindingBuilder.builder(audited(id, Status.COUNTED))
                        .rule("inference-endpoint-no-autoscaling")
                        .build())
                .toList();

        assertThat(state(scaling, some, against, Set.of("c")))
                .as("one confirmed, two contradicted, three neither")
                .isEqualTo("no");
        assertThat(state(scaling, some, against, Set.of("c", "d", "e")))
                .as("more confirmed than contradicted")
                .isEqualTo("partly");
        assertThat(state(scaling, none, List.of(), Set.of("c", "d")))
                .as("most of them neither")
                .isEqualTo("not_examined");
        assertThat(state(scaling, none, List.of(), Set.of("c", "d", "e"))).isEqualTo("partly");
    }

    private static String state(String line, RuleOutcome outcome, List<AuditedFinding> against, Set<String> where) {
        return stateOf(
                line,
                Checklist.with(Set.of(), id -> List.of(), id -> true)
                        .answer(List.of(outcome), against, List.of(), condition -> where, NO_STEPS));
    }

    @Test
    void what_could_not_be_examined_or_did_not_run_is_not_examined() {
        assertThat(state(new RuleOutcome.Evaluated("data-residency", List.of(), Map.of("b", "nobody says"), List.of())))
                .isEqualTo("not_examined");
        assertThat(state(new RuleOutcome.Failed("data-residency", "a word"))).isEqualTo("not_examined");
        assertThat(items(List.of(), List.of()))
                .hasSize(14)
                .allSatisfy(item -> assertThat(item.state()).isEqualTo("not_examined"));
    }

    @Test
    void what_was_accepted_or_is_forbidden_to_fix_does_not_contradict_it() {
        ChecklistItem item = item(
                outcome(List.of("a", "b"), List.of("a", "b")),
                audited("a", Status.ACCEPTED),
                audited("b", Status.BLOCKED));
        assertThat(item.findings()).isEmpty();
        assertThat(item.contradicted()).isZero();
        assertThat(item.state()).as("and what is accepted is no proof either").isEqualTo("partly");
    }

    @Test
    void that_nothing_was_found_is_no_yes_without_a_fact_that_shows_it() {
        RuleOutcome clean = new RuleOutcome.Evaluated("training-on-demand", List.of("a", "b"), Map.of(), List.of());
        String spot = "Interruptible training and batch jobs run on spot capacity";
        assertThat(state(spot, clean, Set.of())).isEqualTo("not_examined");
        assertThat(state(spot, clean, Set.of("a"))).isEqualTo("partly");
        assertThat(state(spot, clean, Set.of("a", "b", "c"))).isEqualTo("yes");
        assertThat(state(spot, clean, Set.of("c"))).isEqualTo("not_examined");
    }

    @Test
    void a_type_of_machine_does_not_show_that_it_is_as_large_as_its_load() {
        String sized = "Accelerators match the size of their models";
        RuleOutcome byType = new RuleOutcome.Evaluated("gpu-previous-generation", List.of("a"), Map.of(), List.of());
        RuleOutcome measured = new RuleOutcome.Evaluated("gpu-oversized", List.of("a"), Map.of(), List.of());
        RuleOutcome other = new RuleOutcome.Evaluated("gpu-oversized", List.of("b"), Map.of(), List.of());
        assertThat(state(sized, List.of(byType))).isEqualTo("not_examined");
        assertThat(state(sized, List.of(byType, measured))).isEqualTo("yes");
        assertThat(state(sized, List.of(byType, other))).isEqualTo("partly");
    }

    @Test
    void nine_lines_are_the_checklist_and_five_the_questions_of_architecture() {
        assertThat(Checklist.own()).extracting(Checklist.Line::group).containsSubsequence("checklist", "architecture");
        assertThat(Checklist.own().stream()
                        .collect(Collectors.groupingBy(Checklist.Line::group, Collectors.counting())))
                .isEqualTo(Map.of("checklist", 9L, "architecture", 5L));
    }

    @Test
    void an_answer_counts_what_shows_it_and_says_what_to_do_next() {
        String spot = "Interruptible training and batch jobs run on spot capacity";
        RuleOutcome clean =
                new RuleOutcome.Evaluated("training-on-demand", List.of("a", "b"), Map.of("c", "no cost"), List.of());
        ChecklistItem item = Checklist.with(Set.of(), id -> List.of(), id -> true)
                .answer(List.of(clean), List.of(), List.of(), condition -> Set.of("a"), NO_STEPS)
                .stream()
                .filter(each -> each.item().equals(spot))
                .findFirst()
                .orElseThrow();
        assertThat(item)
                .extracting(ChecklistItem::examined, ChecklistItem::shown, ChecklistItem::notExamined)
                .containsExactly(2, 1, 1);
        assertThat(item.fact()).isEqualTo("spot purchase in the inventory or the bill");
    }

    @Test
    void the_next_step_is_the_largest_finding_then_what_is_missing_then_what_would_confirm_it() {
        Checklist.Line line = Checklist.own().get(2);
        NextStep next = new NextStep(
                List.of(new NotAssessed(
                        "x", "metric", BigDecimal.TEN, 3, List.of("training-on-demand"), "Send x.", List.of())),
                List.of());
        assertThat(next.of(line, true, List.of(), 0, 0)).isEqualTo("None.");
        assertThat(next.of(line, false, List.of(audited("a", Status.COUNTED)), 1, 1))
                .isEqualTo("Fix first: a. Do it.");
        assertThat(next.of(line, false, List.of(audited("a", Status.UNCONFIRMED)), 1, 1))
                .isEqualTo("Decide first on a. Do it.");
        assertThat(next.of(line, false, List.of(), 1, 1)).isEqualTo("Send x.");
        assertThat(next.of(line, false, List.of(), 1, 0))
                .isEqualTo("Provide what would confirm it for 1 resource: spot purchase in the inventory or the bill.");
        assertThat(next.of(line, false, List.of(), 0, 0))
                .isEqualTo("No resource of this kind was read; check that a source lists it.");
    }

    @Test
    void without_a_thing_that_would_help_the_reason_with_the_most_money_is_named() {
        RuleReport report = RuleReportBuilder.builder()
                .id("training-on-demand")
                .title("t")
                .state("evaluated")
                .examined(1)
                .notExamined(3)
                .notExaminedReasons(Map.of("small", 2, "large", 1))
                .lever(Lever.RATE)
                .notExaminedCost(Map.of("small", BigDecimal.ONE, "large", BigDecimal.TEN))
                .notExaminedResources(List.of())
                .build();
        NextStep next = new NextStep(List.of(), List.of(report));
        Checklist.Line line = Checklist.own().get(2);
        assertThat(next.of(line, false, List.of(), 0, 3)).isEqualTo("1 resource not assessed: large.");
        assertThat(next.of(line, false, List.of(), 0, 0))
                .as("all is shown, and yet not everything was read")
                .startsWith("Close the gaps");
    }

    @Test
    void every_line_that_can_be_yes_says_what_shows_it() {
        assertThat(Checklist.own())
                .allMatch(line -> line.measured()
                        || !line.shownBy().isEmpty()
                        || line.shownWhere() != null
                        || !line.yesNeeds().isEmpty())
                .allMatch(line -> line.rules().containsAll(line.shownBy()))
                .allMatch(line -> line.rules().containsAll(line.yesNeeds()));
    }

    private static Set<String> nowhere(String condition) {
        return Set.of();
    }

    private static String state(String line, RuleOutcome outcome, Set<String> where) {
        return stateOf(
                line,
                Checklist.with(Set.of(), id -> List.of(), id -> true)
                        .answer(List.of(outcome), List.of(), List.of(), condition -> where, NO_STEPS));
    }

    private static String state(String line, List<RuleOutcome> outcomes) {
        return stateOf(line, items(outcomes, List.of()));
    }

    private static String stateOf(String line, List<ChecklistItem> items) {
        return items.stream()
                .filter(item -> item.item().equals(line))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void findings_are_named_by_their_ids() {
        assertThat(item(outcome(List.of("a"), List.of("a")), audited("a", Status.UNCONFIRMED))
                        .findings())
                .containsExactly("id-a");
    }

    @Test
    void whether_accelerators_are_measured_is_reported_by_what_could_be_examined() {
        String measured = Checklist.own().get(0).item();
        RuleOutcome some = new RuleOutcome.Evaluated(
                "gpu-instance-idle", List.of("a"), Map.of("b", "no gpu_utilization metric"), List.of());
        RuleOutcome none = new RuleOutcome.Evaluated(
                "gpu-instance-idle", List.of(), Map.of("b", "no gpu_utilization metric"), List.of());
        RuleOutcome all = new RuleOutcome.Evaluated("gpu-instance-idle", List.of("a"), Map.of(), List.of());
        assertThat(Stream.of(some, none, all)
                        .map(outcome -> items(List.of(outcome), List.of()).get(0)))
                .extracting(ChecklistItem::item, ChecklistItem::state)
                .containsExactly(tuple(measured, "partly"), tuple(measured, "no"), tuple(measured, "yes"));
    }

    @Test
    void a_rule_of_the_user_joins_a_line_or_brings_its_own() {
        RuleOutcome own = new RuleOutcome.Evaluated("house-rule", List.of("a"), Map.of(), List.of());
        List<ChecklistItem> items = Checklist.with(
                        Set.of("house-rule"), id -> List.of(RESIDENCY, "Our own line"), id -> true)
                .answer(List.of(own), List.of(), List.of(), ChecklistTest::nowhere, NO_STEPS);
        assertThat(items).hasSize(15);
        assertThat(items.get(14).item()).isEqualTo("Our own line");
        assertThat(items.stream().collect(Collectors.toMap(ChecklistItem::item, ChecklistItem::state)))
                .containsEntry("Our own line", "yes")
                .containsEntry(RESIDENCY, "yes");
        assertThat(Checklist.with(Set.of("house-rule"), id -> List.of("Our own line"), id -> false)
                        .answer(List.of(own), List.of(), List.of(), ChecklistTest::nowhere, NO_STEPS)
                        .get(14)
                        .state())
                .as("it reads no measurement and no setting")
                .isEqualTo("not_examined");
    }

    private static String state(RuleOutcome outcome, AuditedFinding... findings) {
        return item(outcome, findings).state();
    }

    private static ChecklistItem item(RuleOutcome outcome, AuditedFinding... findings) {
        return items(List.of(outcome), List.of(findings)).stream()
                .filter(item -> item.item().equals(RESIDENCY))
                .findFirst()
                .orElseThrow();
    }

    private static List<ChecklistItem> items(List<RuleOutcome> outcomes, List<AuditedFinding> findings) {
        return Checklist.with(outcomes.stream().map(RuleOutcome::rule).toList(), id -> List.of(), id -> true)
                .answer(outcomes, findings, List.of(), ChecklistTest::nowhere, NO_STEPS);
    }

    private static RuleOutcome outcome(List<String> examined, List<String> found) {
        return new RuleOutcome.Evaluated(
                "data-residency",
                examined,
                Map.of(),
                found.stream().map(ChecklistTest::finding).toList());
    }

    private static Finding finding(String resource) {
        return FindingBuilder.builder()
                .rule("data-residency")
                .resourceId(resource)
                .lever(Lever.GOVERN)
                .proof(Proof.ARITHMETIC)
                .saves(Set.of(Component.TIME))
                .asks(Set.of())
                .remaining(BigDecimal.ONE)
                .confidence(Confidence.HIGH)
                .reason("reason")
                .remedy(REMEDY)
                .evidence(Map.of())
                .build();
    }

    private static AuditedFinding audited(String resource, Status status) {
        return AuditedFindingBuilder.builder()
                .id("id-" + resource)
                .rule("data-residency")
                .provider("aws")
                .accountId("1")
                .resourceId(resource)
                .resourceName(resource)
                .workload(resource)
                .kind("instance")
                .tags(Map.of())
                .lever(Lever.GOVERN)
                .status(status)
                .statusReason("reason")
                .confidence(Confidence.HIGH)
                .reason("reason")
                .remedy(REMEDY)
                .advice(List.of())
                .evidence(Map.of())
                .build();
    }
}
