package io.aiaudit.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FindingId;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Lever;
import io.aiaudit.model.ProviderBillBuilder;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.Status;
import io.aiaudit.model.UserError;
import io.aiaudit.report.DiffReport;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.compare.AuditDiff.Change;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.report.markdown.PullRequestReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditDiffTest {
    private final List<AuditedFinding> all = SampleFindings.all();

    @Test
    void an_audit_does_not_differ_from_itself() {
        AuditDiff diff = AuditDiff.of(SampleAudit.rich(), SampleAudit.rich());

        assertThat(changes(diff)).isEmpty();
        assertThat(diff.findings().unchanged()).isEqualTo(all.size());
        assertThat(diff.savingChange()).isEqualByComparingTo("0");
    }

    @Test
    void the_changes_of_the_findings_add_up_to_the_change_of_the_saving_whichever_findings_come_and_go() {
        for (int cut = 1; cut < all.size(); cut++) {
            Audit before = SampleAudit.of(all.subList(0, cut));
            Audit after = SampleAudit.of(all.subList(cut / 2, all.size()));
            AuditDiff diff = AuditDiff.of(before, after);

            assertThat(changes(diff).stream().map(Change::savingChange).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(diff.savingChange());
            assertThat(diff.findings().appeared()).hasSize(all.size() - cut);
            assertThat(diff.findings().gone()).hasSize(cut / 2);
            assertThat(diff.findings().unchanged()).isEqualTo(cut - cut / 2);
        }
    }

    @Test
    void what_is_no_longer_found_says_whether_it_could_be_looked_for() {
        String lost = counted().resourceId();
        List<AuditedFinding> withoutFinding = new ArrayList<>(all);
        withoutFinding.remove(counted());
        List<AuditedFinding> withoutResource = new ArrayList<>(all);
        withoutResource.removeIf(finding -> finding.resourceId().equals(lost));
        Audit looked = SampleAudit.withFindings(SampleAudit.rich(), withoutFinding);

        assertThat(reasonOfGone(looked))
                .startsWith("The rule no longer finds it or could not check it: it could not check 4");
        assertThat(reasonOfGone(SampleAudit.of(withoutResource)))
                .startsWith("The resource is not in NEW, which is incomplete");
        assertThat(reasonOfGone(SampleAudit.empty())).startsWith("Unknown, not fixed: in NEW the rule was not there");
    }

    @Test
    void what_is_no_longer_there_may_be_in_a_gap_of_its_account_and_region() {
        AuditedFinding lost = counted();
        List<AuditedFinding> others = new ArrayList<>(all);
        others.removeIf(finding -> finding.resourceId().equals(lost.resourceId()));
        Function<Gap, DiffCause> cause =
                gap -> gone(SampleAudit.rich(), SampleAudit.withGaps(SampleAudit.of(others), List.of(gap)))
                        .cause();
        Gap gap = new Gap(lost.provider(), "endpoints", "denied.", "Allow it.");
        String account = lost.accountId();

        assertThat(cause.apply(gap.in(account, lost.region(), "inventory"))).isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(cause.apply(gap.in(account, null, "inventory"))).isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(cause.apply(gap.in("another", null, "billing"))).isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(cause.apply(gap)).as("an older audit does not say where").isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(cause.apply(gap.in(account, "elsewhere", "inventory"))).isEqualTo(DiffCause.GONE);
        assertThat(cause.apply(gap.in("another", lost.region(), "inventory"))).isEqualTo(DiffCause.GONE);
    }

    /** Earlier versions named the workload where only one of its resources had a finding. */
    @Test
    void a_finding_is_known_again_by_what_its_id_is_made_of_when_the_id_is_another() throws IOException {
        AuditedFinding found = AuditedFindingBuilder.builder(counted())
                .workload("group")
                .accountId("0a")
                .build();
        AuditedFinding earlier = AuditedFindingBuilder.builder(found)
                .id(idOf(found).ofWorkload())
                .accountId("/subscriptions/0A")
                .build();
        AuditedFinding later = AuditedFindingBuilder.builder(found)
                .id(idOf(found).of(found.resourceId()))
                .build();

        assertThat(changes(AuditDiff.of(one(earlier), one(later)))).isEmpty();
        assertThat(AuditDiff.of(inAccount("/subscriptions/0A"), inAccount("0a")).warnings())
                .noneMatch(warning -> warning.contains("in common"));
        assertThat(changes(AuditDiff.of(one(later), one(earlier)))).isEmpty();
        assertThat(History.of(List.of(
                                new History.Named("june.json", one(earlier)),
                                new History.Named("july.json", dated(one(later), "2026-08-01")),
                                new History.Named("august.json", dated(one(earlier), "2026-09-01"))))
                        .findings())
                .filteredOn(life -> life.rule().equals(found.rule()) && life.audits() > 0)
                .extracting(History.Lifetime::audits)
                .containsOnly(3);
    }

    @Test
    void another_resource_of_a_workload_is_the_same_finding_only_where_it_represents_all_and_replaced_the_first() {
        AuditedFinding found =
                AuditedFindingBuilder.builder(counted()).workload("group").build();
        AuditedFinding ofWorkload = AuditedFindingBuilder.builder(found)
                .id(idOf(found).ofWorkload())
                .build();
        AuditedFinding ofOther = AuditedFindingBuilder.builder(found)
                .resourceId("other")
                .id(idOf(found).of("other"))
                .build();
        AuditedFinding ofThis = AuditedFindingBuilder.builder(found)
                .id(idOf(found).of(found.resourceId()))
                .build();
        Audit without = SampleAudit.of(List.of(ofOther));

        assertThat(changes(AuditDiff.of(one(ofWorkload), without)).stream().filter(change -> change.before() == null))
                .as("the first is gone")
                .isEmpty();
        assertThat(changes(AuditDiff.of(one(ofWorkload), one(ofOther))))
                .as("the first is still there, and busy")
                .anyMatch(change -> change.after() == null)
                .anyMatch(change -> change.before() == null);
        assertThat(changes(AuditDiff.of(one(ofThis), without)))
                .as("each was named")
                .anyMatch(change -> change.before() == null);
    }

    private static FindingId idOf(AuditedFinding finding) {
        return new FindingId(finding.rule(), finding.provider(), finding.accountId(), finding.workload());
    }

    private static Audit inAccount(String account) throws IOException {
        return AuditJson.changed(SampleAudit.rich(), tree -> {
            for (String part : List.of("resources", "findings")) {
                tree.path(part).forEach(each -> ((ObjectNode) each).put("account_id", account));
            }
            return tree;
        });
    }

    /** All resources of the sample, and one finding. */
    private static Audit one(AuditedFinding finding) {
        return SampleAudit.withFindings(SampleAudit.rich(), List.of(finding));
    }

    @Test
    void what_is_written_is_as_the_published_schema_says() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("docs", "diff.schema.json")), InputFormat.JSON);
        for (int cut = 1; cut < all.size(); cut++) {
            AuditDiff diff =
                    AuditDiff.of(SampleAudit.of(all.subList(0, cut)), SampleAudit.of(all.subList(cut / 2, all.size())));
            assertThat(schema.validate(text(diff, "json"), InputFormat.JSON)).isEmpty();
        }
        String unknownStatus = text(AuditDiff.of(SampleAudit.of(all.subList(0, 1)), SampleAudit.empty()), "json")
                .replaceFirst("\"status\" ?: ?\"[a-z_]+\"", "\"status\": \"perhaps\"");
        assertThat(schema.validate(unknownStatus, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void what_is_gone_is_fixed_only_where_the_same_rule_examined_it_again() {
        List<AuditedFinding> without = new ArrayList<>(all);
        without.remove(counted());
        Audit looked = SampleAudit.withFindings(SampleAudit.rich(), without);
        String id = counted().resourceId();

        assertThat(gone(rules(SampleAudit.rich(), "a", 0), rules(looked, "a", 0))
                        .cause())
                .isEqualTo(DiffCause.FIXED);
        assertThat(gone(rules(SampleAudit.rich(), "a", 0), rules(looked, "a", 1, id))
                        .cause())
                .isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(gone(rules(SampleAudit.rich(), "a", 0), rules(looked, "a", 2, "other"))
                        .cause())
                .as("of one that it did not examine the name is not known")
                .isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(gone(rules(SampleAudit.rich(), "a", 0), rules(looked, "b", 0))
                        .cause())
                .isEqualTo(DiffCause.RULE_CHANGED);
        assertThat(gone(SampleAudit.rich(), SampleAudit.empty()).cause()).isEqualTo(DiffCause.NOT_EXAMINED);
    }

    @Test
    void what_appears_is_new_only_where_the_same_rule_had_examined_it() {
        List<AuditedFinding> without = new ArrayList<>(all);
        without.remove(counted());
        Audit before = SampleAudit.withFindings(SampleAudit.rich(), without);
        String id = counted().resourceId();

        assertThat(appeared(rules(before, "a", 0), rules(SampleAudit.rich(), "a", 0)))
                .isEqualTo(DiffCause.NEW);
        assertThat(appeared(rules(before, "a", 1, id), rules(SampleAudit.rich(), "a", 0)))
                .isEqualTo(DiffCause.NOT_EXAMINED_BEFORE);
        assertThat(appeared(rules(before, "a", 0), rules(SampleAudit.rich(), "b", 0)))
                .as("new in the JSON, so it is under that heading; the reason names the rule")
                .isEqualTo(DiffCause.NEW);
        assertThat(appeared(SampleAudit.empty(), SampleAudit.rich())).isEqualTo(DiffCause.NOT_EXAMINED_BEFORE);
    }

    @Test
    void what_is_of_a_cloud_that_was_not_read_is_new_only_where_it_was_made_since() throws IOException {
        Audit nothingRead = rules(SampleAudit.empty(), "a", 0);
        Audit longAgo = AuditJson.changed(nothingRead, tree -> {
            ((ObjectNode) tree)
                    .putObject("window")
                    .put("start", "2015-01-01T00:00:00Z")
                    .put("end", "2015-02-01T00:00:00Z");
            return tree;
        });

        assertThat(appeared(nothingRead, rules(SampleAudit.rich(), "a", 0))).isEqualTo(DiffCause.NOT_EXAMINED_BEFORE);
        assertThat(appeared(longAgo, rules(SampleAudit.rich(), "a", 0))).isEqualTo(DiffCause.NEW);
    }

    /** The files of a month may lack an account without any gap that says so. */
    @Test
    void what_is_of_an_account_that_one_audit_lacks_is_neither_gone_nor_new() {
        AuditedFinding found = counted();
        Audit lacking = without(resource -> ResourceIds.isSameAccount(resource.accountId(), found.accountId()));
        Audit known = rules(SampleAudit.withGaps(SampleAudit.rich(), List.of()), "a", 0);

        assertThat(gone(known, lacking).cause()).isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(gone(known, lacking).reason())
                .isEqualTo("Unknown, not fixed: NEW has no resource of account " + found.accountId() + ".");
        assertThat(appeared(lacking, known)).isEqualTo(DiffCause.NOT_EXAMINED_BEFORE);
        assertThat(gone(known, without(resource -> resource.resourceId().equals(found.resourceId())))
                        .cause())
                .as("the account has other resources")
                .isEqualTo(DiffCause.GONE);
    }

    /** Whose only charge is deleted from a bill of several accounts, nothing of it is left. */
    @Test
    void what_is_of_an_account_that_the_bill_of_its_payer_no_longer_has_is_gone_and_else_new() {
        AuditedFinding found = counted();
        String account = found.accountId();
        Audit lacking = without(resource -> ResourceIds.isSameAccount(resource.accountId(), account));
        Audit known = rules(SampleAudit.withGaps(SampleAudit.rich(), List.of()), "a", 0);
        Audit old = billed(known, "payer", account, "b", "c");

        assertThat(gone(old, billed(lacking, "PAYER", "B")).cause()).isEqualTo(DiffCause.GONE);
        assertThat(gone(old, billed(lacking, "payer", "b")).reason())
                .isEqualTo("NEW has the bill of its payer, without a charge of account " + account + ".");
        assertThat(appeared(billed(lacking, "payer", "b", "c"), old)).isEqualTo(DiffCause.NEW);
        assertThat(gone(old, billed(lacking, "payer", account, "b")).cause())
                .as("charges, and no resource")
                .isEqualTo(DiffCause.GONE);

        assertThat(gone(old, billed(lacking, "payer", "d")).cause())
                .as("no account that was in its files")
                .isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(gone(billed(known, "payer", account, "b", "c", "d"), billed(lacking, "payer", "b"))
                        .cause())
                .as("a third of those in its files: they may be other files")
                .isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(gone(old, billed(lacking, "another", "b")).cause()).isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(gone(billed(known, "payer", account), billed(lacking, "payer", "b"))
                        .cause())
                .as("a file for each account")
                .isEqualTo(DiffCause.NOT_EXAMINED);
        assertThat(gone(
                                old,
                                billed(lacking, "payer", "b")
                                        .withGaps(List.of(new Gap("files", "bill", "cut off.", "Send it again.")
                                                .in(null, null, "billing"))))
                        .cause())
                .as("something of a bill was not read")
                .isEqualTo(DiffCause.NOT_EXAMINED);
        AuditedFinding listed =
                AuditedFindingBuilder.builder(found).costBasis(CostBasis.LIST).build();
        assertThat(gone(old.withFindings(List.of(listed)), billed(lacking, "payer", "b"))
                        .cause())
                .as("no bill had it")
                .isEqualTo(DiffCause.NOT_EXAMINED);
    }

    /** The bill has all accounts in one file. */
    private Audit billed(Audit audit, String payer, String... accounts) {
        return audit.withBill(new Audit.Bill(
                audit.bill().providers().stream()
                        .map(bill -> ProviderBillBuilder.builder(bill)
                                .rejectedRows(0)
                                .build())
                        .toList(),
                List.of(new Audit.BilledTogether(counted().provider(), payer, List.of(accounts)))));
    }

    /** All of it was read, and every rule checked everything. */
    private static Audit without(Predicate<AuditedResource> missing) {
        Audit rich = SampleAudit.rich();
        Set<String> gone = rich.resources().stream()
                .filter(missing)
                .map(AuditedResource::resourceId)
                .collect(Collectors.toSet());
        return rules(
                rich.withGaps(List.of())
                        .withResources(rich.resources().stream()
                                .filter(resource -> !gone.contains(resource.resourceId()))
                                .toList())
                        .withFindings(rich.findings().stream()
                                .filter(finding -> !gone.contains(finding.resourceId()))
                                .toList()),
                "a",
                0);
    }

    @Test
    void another_list_price_is_distinguished_from_other_use() {
        Audit listed = listPrice(SampleAudit.rich(), "2026-05-20", "1000.00");
        assertThat(AuditDiff.of(listed, listPrice(listed, "2026-06-20", "1100.00"))
                        .findings()
                        .changed())
                .isEmpty(); // what it would save is as it was
        Audit moreExpensive = SampleAudit.with(
                listPrice(listed, "2026-06-20", "1100.00"),
                finding -> finding.id().equals(counted().id())
                        ? SampleAudit.withStandAlone(finding, new BigDecimal("9999.00"))
                        : finding);
        assertThat(AuditDiff.of(listed, moreExpensive).findings().changed())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.cause()).isEqualTo(DiffCause.PRICE_CHANGED);
                    assertThat(change.reason()).contains("as of 2026-05-20 became built-in, as of 2026-06-20");
                });
    }

    /** A policy may change with the parameters of a rule: what the user accepted is not what the rule did. */
    @Test
    void what_was_accepted_is_changed_by_its_owner_and_not_by_its_rule() {
        Audit accepted = SampleAudit.with(
                SampleAudit.rich(),
                finding -> finding.id().equals(counted().id())
                        ? AuditedFindingBuilder.builder(finding)
                                .status(Status.ACCEPTED)
                                .build()
                        : finding);
        assertThat(AuditDiff.of(rules(SampleAudit.rich(), "a", 0), rules(accepted, "b", 0))
                        .findings()
                        .changed())
                .filteredOn(change -> change.id().equals(counted().id()))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.cause()).isEqualTo(DiffCause.CHANGED);
                    assertThat(change.reason())
                            .startsWith("Counted became accepted: ")
                            .doesNotContain("The rule");
                });
    }

    @Test
    void a_change_without_an_amount_is_counted_and_not_listed() throws IOException {
        List<AuditedFinding> without = all.stream()
                .filter(finding -> finding.status() != Status.GOVERN)
                .toList();
        AuditDiff diff = AuditDiff.of(
                rules(SampleAudit.withFindings(SampleAudit.rich(), without), "a", 0),
                rules(SampleAudit.rich(), "a", 0));
        assertThat(text(diff, "terminal"))
                .contains(" changed no amount: listed by -f json.")
                .doesNotContain("Govern");
        assertThat(diff.findings().appeared()).hasSize(all.size() - without.size());
    }

    @Test
    void a_comment_on_a_pull_request_says_the_change_first_and_folds_the_findings_by_cause() throws IOException {
        List<AuditedFinding> without = new ArrayList<>(all);
        without.remove(counted());
        Audit before = rules(SampleAudit.withFindings(SampleAudit.rich(), without), "a", 0);
        String text = text(AuditDiff.of(before, rules(SampleAudit.rich(), "a", 0)), "md");
        assertThat(text)
                .startsWith(PullRequestReporter.MARK + "\n### aiaudit: ")
                .contains(
                        "<details><summary>New: 1 finding</summary>",
                        "`" + counted().resourceName() + "`",
                        all.size() - 1 + " findings as before.");
        assertThat(text(
                        AuditDiff.of(
                                redacted(SampleAudit.flagged(SampleAudit.empty(), true, false), true),
                                HostileAudit.everywhere()),
                        "md"))
                .hasSizeLessThan(65_536)
                .doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
    }

    private DiffCause appeared(Audit before, Audit after) {
        return AuditDiff.of(before, after).findings().appeared().stream()
                .filter(change -> change.id().equals(counted().id()))
                .findFirst()
                .orElseThrow()
                .cause();
    }

    private static Audit listPrice(Audit audit, String day, String cost) {
        return SampleAudit.with(
                audit,
                finding -> SampleAudit.withListPrice(
                        SampleAudit.withCost(finding, new BigDecimal(cost)),
                        new Audit.ListPrice(LocalDate.parse(day), "built-in")));
    }

    /**
     * With this definition of every rule, and so many resources that each did not examine, of which these are named.
     */
    private static Audit rules(Audit audit, String definition, int notExamined, String... named) {
        List<String> ids =
                audit.findings().stream().map(AuditedFinding::rule).distinct().toList();
        return SampleAudit.withRules(
                audit,
                Stream.concat(ids.stream(), SampleFindings.all().stream().map(AuditedFinding::rule))
                        .distinct()
                        .map(id -> RuleReportBuilder.builder()
                                .id(id)
                                .title(id)
                                .state("evaluated")
                                .examined(10)
                                .notExamined(notExamined)
                                .notExaminedReasons(Map.of())
                                .lever(Lever.ELIMINATE)
                                .notExaminedCost(Map.of())
                                .definition(definition)
                                .notExaminedResources(List.of(named))
                                .build())
                        .toList());
    }

    private Change gone(Audit before, Audit after) {
        return AuditDiff.of(before, after).findings().gone().stream()
                .filter(change -> change.id().equals(counted().id()))
                .findFirst()
                .orElseThrow();
    }

    private String reasonOfGone(Audit after) {
        return gone(SampleAudit.rich(), after).reason();
    }

    private AuditedFinding counted() {
        return all.stream()
                .filter(finding -> finding.status() == Status.COUNTED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_demo_and_a_real_company_are_not_compared() {
        Audit demo = SampleAudit.flagged(SampleAudit.rich(), true, false);
        assertThatThrownBy(() -> AuditDiff.of(demo, SampleAudit.rich()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("OLD is about the demo company, NEW is about a real one");
    }

    @Test
    void an_audit_with_names_and_a_redacted_one_are_not_compared() throws IOException {
        Audit redacted = redacted(SampleAudit.rich(), true);
        assertThatThrownBy(() -> AuditDiff.of(SampleAudit.rich(), redacted))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("NEW is redacted, OLD has names");
        assertThatThrownBy(() -> History.of(List.of(
                        new History.Named("june.json", SampleAudit.rich()),
                        new History.Named("july.json", dated(redacted, "2026-08-01")))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("of june.json and july.json, one is redacted");
        assertThatThrownBy(() -> History.of(List.of(
                        new History.Named("june.json", SampleAudit.rich()), new History.Named("again.json", redacted))))
                .as("of the same scan")
                .hasMessageContaining("of june.json and again.json, one is redacted");
        assertThat(AuditDiff.of(redacted, redacted).warnings()).noneMatch(warning -> warning.contains("in common"));
    }

    @Test
    void audits_without_a_common_account_may_be_of_two_companies_or_of_two_keys() throws IOException {
        Audit other = inAccount("x-0123456789ab");
        assertThat(AuditDiff.of(SampleAudit.rich(), other).warnings())
                .contains("OLD and NEW have no account in common: are they of the same company?");
        assertThat(AuditDiff.of(redacted(SampleAudit.rich(), true), redacted(other, true))
                        .warnings())
                .contains("OLD and NEW have no account in common: are they of the same company, and redacted with "
                        + "the same key?");
    }

    private static Audit redacted(Audit audit, boolean redacted) throws IOException {
        return AuditJson.changed(audit, tree -> ((ObjectNode) tree).put("redacted", redacted));
    }

    private static Audit dated(Audit audit, String scannedAt) throws IOException {
        return AuditJson.changed(audit, tree -> ((ObjectNode) tree).put("scanned_at", scannedAt + "T00:00:00Z"));
    }

    @Test
    void an_unknown_saving_has_an_unknown_change() throws IOException {
        AuditDiff diff = AuditDiff.of(SampleAudit.rich(), SampleAudit.empty());

        assertThat(diff.savingChange()).isNull();
        assertThat(text(diff, "json")).contains("\"saving_change\": null");
        assertThat(text(diff, "terminal")).contains("Net saving              66,940              -              -");
    }

    @Test
    void hostile_names_move_nothing_and_no_line_is_wider_than_the_terminal() throws IOException {
        String text = text(
                AuditDiff.of(
                        redacted(SampleAudit.flagged(SampleAudit.empty(), true, false), true),
                        HostileAudit.everywhere()),
                "terminal");

        assertThat(text.codePoints().filter(point -> point != '\n' && VisibleText.actsOnScreen(point)))
                .isEmpty();
        assertThat(Arrays.stream(text.split("\n"))).allMatch(line -> DisplayText.width(line) <= 80);
    }

    private static List<Change> changes(AuditDiff diff) {
        return Stream.of(
                        diff.findings().appeared(),
                        diff.findings().gone(),
                        diff.findings().changed())
                .flatMap(List::stream)
                .toList();
    }

    private static String text(AuditDiff diff, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DiffReport.of(format, TerminalStyle.PLAIN).write(diff, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
