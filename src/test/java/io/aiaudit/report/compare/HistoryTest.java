package io.aiaudit.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedResourceBuilder;
import io.aiaudit.model.OfResourceBuilder;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.Status;
import io.aiaudit.model.UnitCostBuilder;
import io.aiaudit.model.Window;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final String NO_USE = "Its requests were 0 before, so the drop of the bill counts as it is.";
    private static final String UNKNOWN_USE = "Its use is unknown, so the drop of the bill counts as it is.";

    private final AuditedFinding found = SampleFindings.all().stream()
            .filter(finding -> finding.status() == Status.COUNTED)
            .findFirst()
            .orElseThrow();

    /** Of these months of 2026, in each of which everything was read but what the condition holds for. */
    private static History history(List<Predicate<AuditedFinding>> lacking) {
        List<History.Named> audits = new ArrayList<>();
        for (int index = 0; index < lacking.size(); index++) {
            audits.add(new History.Named(index + ".json", month(index + 1, lacking.get(index))));
        }
        return History.of(audits);
    }

    private static Audit month(int month, Predicate<AuditedFinding> lacking) {
        LocalDate first = LocalDate.of(2026, month, 1);
        List<AuditedFinding> findings =
                SampleFindings.all().stream().filter(Predicate.not(lacking)).toList();
        Audit audit = SampleAudit.of(findings);
        return audit.withGaps(List.of())
                .withWindow(Window.ofDays(first, first.plusMonths(1)))
                .withUnitCosts(List.of())
                .withRules(audit.rules().stream()
                        .map(rule ->
                                RuleReportBuilder.builder(rule).notExamined(0).build())
                        .toList());
    }

    private History.Lifetime life(History history) {
        return history.findings().stream()
                .filter(life -> life.id().equals(found.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_comes_back_has_realized_nothing() {
        Predicate<AuditedFinding> isOfTheResource =
                finding -> finding.resourceId().equals(found.resourceId());
        History gone = history(List.of(finding -> false, isOfTheResource));
        History back = history(List.of(finding -> false, isOfTheResource, finding -> false));

        assertThat(life(gone).state()).isEqualTo(History.State.GONE);
        assertThat(life(gone).events().get(1).words()).isEqualTo("The resource is not in the audit of 2026-02-28.");
        assertThat(gone.totals().realized()).isPositive();
        assertThat(life(back).state()).isEqualTo(History.State.OPEN);
        assertThat(life(back).ended()).isNull();
        assertThat(back.totals().ended()).isZero();
        assertThat(back.realized()).isEmpty();
        assertThat(back.totals().claimed()).isZero();
        assertThat(back.totals().realized()).isZero();
    }

    @Test
    void an_account_that_is_missing_from_one_month_ends_nothing() {
        History history = history(List.of(
                finding -> false,
                finding -> ResourceIds.isSameAccount(finding.accountId(), found.accountId()),
                finding -> false));

        assertThat(life(history).events())
                .extracting(History.Event::what)
                .containsExactly("new", "not_examined", "examined_again");
        assertThat(history.realized()).isEmpty();
    }

    @Test
    void use_that_was_measured_as_none_is_not_unknown() {
        assertThat(realized("0", "0").note()).isEqualTo(NO_USE);
        assertThat(realized("0", "500").note()).isEqualTo(NO_USE);
        assertThat(realized("0", null).note()).isEqualTo(NO_USE);
        assertThat(realized(null, "500").note()).isEqualTo(UNKNOWN_USE);
        assertThat(realized("500", null).note()).isEqualTo(UNKNOWN_USE);
        assertThat(realized("0", "500").realized())
                .isEqualByComparingTo(realized("0", "0").drop());
        assertThat(realized("500", "0").note()).isNull();
        assertThat(realized("500", "0").useChange()).isZero();
    }

    @Test
    void a_bill_that_did_not_drop_has_no_drop_that_counts() {
        History.Realized realized = realized("0", "500", null);
        assertThat(realized.drop()).isZero();
        assertThat(realized.note()).isEqualTo("Its bill did not drop.");
    }

    /** Of a finding that ended while its resource stayed, with these requests before and after; null is unknown. */
    private History.Realized realized(String before, String after) {
        return realized(before, after, BigDecimal.ONE);
    }

    /** @param costAfter null = as before */
    private History.Realized realized(String before, String after, BigDecimal costAfter) {
        Predicate<AuditedFinding> isFinding = finding -> finding.id().equals(found.id());
        Audit first = withRequests(month(1, finding -> false), before);
        Audit second = month(2, isFinding)
                .withResources(first.resources().stream()
                        .map(resource -> AuditedResourceBuilder.builder(resource)
                                .monthlyCost(costAfter == null ? resource.monthlyCost() : costAfter)
                                .runRate(costAfter == null ? resource.runRate() : costAfter)
                                .build())
                        .toList());
        History history = History.of(
                List.of(new History.Named("1.json", first), new History.Named("2.json", withRequests(second, after))));
        return history.realized().stream()
                .filter(each -> each.resourceId().equals(found.resourceId()))
                .findFirst()
                .orElseThrow();
    }

    private Audit withRequests(Audit audit, String requests) {
        return audit.withUnitCosts(List.of(UnitCostBuilder.builder()
                .unit("1000_requests")
                .largest(List.of(OfResourceBuilder.builder()
                        .resourceId(found.resourceId())
                        .quantity(requests == null ? null : new BigDecimal(requests))
                        .build()))
                .build()));
    }
}
