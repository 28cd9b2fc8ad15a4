package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedResourceBuilder;
import io.aiaudit.model.ChecklistItemBuilder;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonthlyReviewTest {
    private static final String ITEM = Checklist.own().stream()
            .filter(Checklist.Line::reviewed)
            .map(Checklist.Line::item)
            .findFirst()
            .orElseThrow();

    @Test
    void three_audits_a_month_apart_that_leave_nothing_are_a_monthly_review() {
        ChecklistItem item = answer(unanswered(), "2026-05-31", "2026-05-02");
        assertThat(item.state()).isEqualTo("yes");
        assertThat(item.fact()).isEqualTo("3 audits at most 30 days apart, since 2026-05-02");
        assertThat(item.audits()).map(LocalDate::toString).containsExactly("2026-05-02", "2026-05-31", "2026-06-30");
    }

    /** Found by hand: three audits on three days in a row were a monthly review. */
    @Test
    void audits_of_a_few_days_are_no_review_of_months_however_many_there_are() {
        ChecklistItem item = answer(unanswered(), "2026-06-29", "2026-06-28", "2026-06-27");
        assertThat(item.state()).isEqualTo("partly");
        assertThat(item.fact()).isEqualTo("4 audits at most 1 day apart, since 2026-06-27");
        assertThat(item.nextStep()).startsWith("Repeat the audit");
        assertThat(answer(unanswered(), "2026-06-29", "2026-06-01", "2026-05-05")
                        .state())
                .as("56 days")
                .isEqualTo("yes");
        assertThat(answer(unanswered(), "2026-06-29", "2026-06-01", "2026-05-06")
                        .state())
                .as("55 days")
                .isEqualTo("partly");
    }

    @Test
    void one_window_that_is_audited_again_is_no_other_month() {
        Audit june = audit("2026-06-30", false, unanswered());
        List<Audit> again = List.of(
                AuditBuilder.builder(june)
                        .scannedAt(Instant.parse("2026-06-01T08:00:00Z"))
                        .build(),
                AuditBuilder.builder(june)
                        .scannedAt(Instant.parse("2026-05-02T08:00:00Z"))
                        .build());
        assertThat(MonthlyReview.with(june, again)).isEqualTo(june);
    }

    @Test
    void two_audits_are_a_beginning() {
        assertThat(answer(unanswered(), "2026-05-31").state()).isEqualTo("partly");
        assertThat(answer(unanswered(), "2026-05-31").nextStep()).startsWith("Repeat the audit");
    }

    @Test
    void a_gap_ends_the_row() {
        ChecklistItem item = answer(unanswered(), "2026-05-31", "2026-04-25");
        assertThat(item.state()).isEqualTo("partly");
        assertThat(item.fact()).isEqualTo("2 audits at most 30 days apart, since 2026-05-31");
    }

    @Test
    void an_audit_of_long_ago_is_no_monthly_review() {
        ChecklistItem item = answer(unanswered(), "2026-01-31");
        assertThat(item.state()).isEqualTo("no");
        assertThat(item.fact()).isEqualTo("no audit for 150 days before this one");
        assertThat(item.audits()).map(LocalDate::toString).containsExactly("2026-01-31", "2026-06-30");
    }

    @Test
    void what_is_left_unused_keeps_it_from_being_whole_and_its_fix_comes_first() {
        ChecklistItem found = ChecklistItemBuilder.builder(unanswered())
                .findings(List.of("f-1"))
                .nextStep(MonthlyReview.before("Fix first: chat. Delete it."))
                .build();
        ChecklistItem item = answer(found, "2026-05-31", "2026-05-02");
        assertThat(item.state()).isEqualTo("partly");
        assertThat(item.findings()).containsExactly("f-1");
        assertThat(item.nextStep()).isEqualTo("Fix first: chat. Delete it.");
    }

    @Test
    void what_was_not_examined_keeps_it_from_being_whole() {
        ChecklistItem some =
                ChecklistItemBuilder.builder(unanswered()).notExamined(3).build();
        assertThat(answer(some, "2026-05-31", "2026-05-02").state()).isEqualTo("partly");
    }

    @Test
    void without_an_earlier_audit_nothing_shows_it_and_a_later_one_or_a_demo_is_none() {
        assertThat(answer(unanswered())).isEqualTo(unanswered());
        assertThat(answer(unanswered(), "2026-06-30", "2026-08-01")).isEqualTo(unanswered());
        Audit now = audit("2026-06-30", false, unanswered());
        assertThat(MonthlyReview.with(now, List.of(audit("2026-05-31", true, unanswered()))))
                .isSameAs(now);
    }

    @Test
    void audits_of_other_accounts_only_are_no_history() {
        Audit now = of(audit("2026-06-30", false, unanswered()), "1", "2");
        Audit other = of(audit("2026-05-31", false, unanswered()), "3");
        Audit same = of(audit("2026-05-31", false, unanswered()), "2", "3");
        assertThat(MonthlyReview.with(now, List.of(other))).isSameAs(now);
        assertThat(MonthlyReview.with(now, List.of(same)).checklist().get(0).state())
                .isEqualTo("partly");
        assertThat(MonthlyReview.with(
                                now,
                                List.of(AuditBuilder.builder(other)
                                        .redacted(true)
                                        .build()))
                        .checklist()
                        .get(0)
                        .state())
                .isEqualTo("partly");
    }

    private static Audit of(Audit audit, String... accounts) {
        return AuditBuilder.builder(audit)
                .resources(Arrays.stream(accounts)
                        .map(account -> AuditedResourceBuilder.builder()
                                .resourceId("r-" + account)
                                .kind("instance")
                                .provider("aws")
                                .accountId(account)
                                .build())
                        .toList())
                .build();
    }

    @Test
    void other_lines_stay_as_they_are() {
        ChecklistItem other = new ChecklistItem("Another line", "yes", List.of());
        assertThat(answer(other, "2026-05-31", "2026-05-02")).isEqualTo(other);
    }

    private static ChecklistItem unanswered() {
        return new ChecklistItem(
                ITEM, "not_examined", List.of(), "checklist", "use", 9, 4, 0, MonthlyReview.before(""), 0, List.of());
    }

    /** Of an audit on 2026-06-30, by earlier ones. */
    private static ChecklistItem answer(ChecklistItem item, String... earlier) {
        return MonthlyReview.with(
                        audit("2026-06-30", false, item),
                        Arrays.stream(earlier)
                                .map(day -> audit(day, false, item))
                                .toList())
                .checklist()
                .get(0);
    }

    private static Audit audit(String day, boolean demo, ChecklistItem item) {
        return AuditBuilder.builder()
                .schema(Audit.SCHEMA)
                .tool(new Audit.Tool("1"))
                .scannedAt(Instant.parse(day + "T08:00:00Z"))
                .demo(demo)
                .window(Window.parse(LocalDate.parse(day).minusDays(30) + "/" + day))
                .currency("USD")
                .warnings(List.of())
                .spend(List.of())
                .resources(List.of())
                .findings(List.of())
                .rules(List.of())
                .gaps(List.of())
                .checklist(List.of(item))
                .scanCost(Map.of())
                .build();
    }
}
