package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.DailySpend;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.SpendClass;
import io.aiaudit.report.Printed;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.text.Amounts;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesAndCaptionsTest {
    private static final Amounts PAGE = Amounts.page("USD");

    /** 1 an hour beside 861 a month for all of 730 hours would contradict it. */
    @Test
    void a_rate_an_hour_has_cents_where_amounts_have_none() {
        assertThat(hourly("1.18")).isEqualTo("1.18");
        assertThat(hourly("0.32")).isEqualTo("0.32");
        assertThat(hourly(null)).isEqualTo("-");
    }

    private static Object hourly(String rate) {
        BigDecimal committed = rate == null ? null : new BigDecimal(rate);
        Commitment commitment =
                new Commitment("aws", "plan", "savings_plan", "1", null, null, committed, BigDecimal.ZERO);
        return CommitmentView.of(List.of(commitment), PAGE).get(0).get("hourly");
    }

    @Test
    void the_days_say_whether_they_are_of_ai_or_of_all() {
        assertThat(ChartCaptions.days(List.of(day(1, SpendClass.AI, "5"), day(2, SpendClass.AI, "9")), PAGE))
                .isEqualTo("Daily AI cost was between $5 (2026-06-01) and $9 (2026-06-02).");
        assertThat(ChartCaptions.days(List.of(day(1, SpendClass.AI, "5"), day(1, SpendClass.OTHER, "4")), PAGE))
                .isEqualTo("Daily cost, all services, was $9 on each day.");
    }

    private static DailySpend day(int day, SpendClass spendClass, String cost) {
        return new DailySpend(LocalDate.of(2026, 6, day), "aws", "Service", spendClass, new BigDecimal(cost));
    }

    /** Three of a thousand like findings would hide the thousand. */
    @Test
    void what_moves_the_range_are_rules_and_not_three_of_their_findings() {
        Audit audit = SampleAudit.of(SampleFindings.many(1_000));
        assertThat(ChartCaptions.range(audit, PAGE, "Appendix B"))
                .contains(" findings: $")
                .contains("all best cases (see Appendix B).");
        assertThat(SummaryView.movers(audit))
                .extracting(mover -> mover.largest().rule())
                .doesNotHaveDuplicates();
    }

    @Test
    void the_paper_needs_no_other_report() throws IOException {
        assertThat(Printed.of(SampleAudit.of(SampleFindings.many(1_000))).text())
                .doesNotContain("HTML report");
    }
}
