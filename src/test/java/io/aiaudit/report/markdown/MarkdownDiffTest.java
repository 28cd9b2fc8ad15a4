package io.aiaudit.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Status;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.compare.AuditDiff;
import io.aiaudit.report.text.Amounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownDiffTest {
    private static final List<AuditedFinding> ALL = SampleFindings.all();

    private final String text = MarkdownDiff.text(AuditDiff.of(SampleAudit.of(ALL.subList(0, 1)), SampleAudit.of(ALL)));

    @Test
    void a_row_has_what_it_adds_to_the_net_saving_and_where_it_is() {
        AuditedFinding counted = ALL.stream()
                .skip(1)
                .filter(finding -> finding.status() == Status.COUNTED)
                .findFirst()
                .orElseThrow();
        assertThat(text)
                .contains("| net saving | resource | region | finding | what changed |\n|---:|---|---|---|---|\n")
                .contains("| +" + new Amounts("USD").whole(counted.counted().likely()) + " | `" + counted.resourceName()
                        + "` | " + counted.region() + " |");
    }

    @Test
    void what_is_excluded_from_totals_says_so_with_its_gross_amount() {
        AuditedFinding open = ALL.stream()
                .filter(finding -> finding.status() == Status.UNCONFIRMED)
                .findFirst()
                .orElseThrow();
        assertThat(text)
                .contains("excluded from the net saving (gross "
                        + new Amounts("USD").whole(open.standAlone().likely()) + ")");
    }
}
