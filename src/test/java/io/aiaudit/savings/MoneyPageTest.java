package io.aiaudit.savings;

import static io.aiaudit.savings.MoneyPage.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Range;
import io.aiaudit.model.Saving;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The figures of docs/money.md, computed by hand, against the code. */
class MoneyPageTest {
    @Test
    void the_page_has_its_ten_examples() throws IOException {
        assertThat(MoneyPage.examples()).hasSize(10);
    }

    @TestFactory
    Stream<DynamicTest> the_page_and_the_code_agree_to_the_cent() throws IOException {
        return MoneyPage.examples().stream()
                .map(example -> DynamicTest.dynamicTest(example.title(), () -> check(example)));
    }

    private static void check(MoneyPage.Example example) {
        List<Saving> savings = example.savings();
        List<Map<String, String>> rows = example.rows("saving");
        assertThat(savings).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            check(savings.get(i), rows.get(i));
        }
        assertThat(example.rows("total")).hasSize(1);
        checkTotals(Totals.of(savings, null, null, null), example.rows("total").get(0));
    }

    private static void check(Saving saving, Map<String, String> row) {
        assertThat(saving.finding().rule()).isEqualTo(row.get("saving"));
        assertThat(saving.finding().resourceId()).isEqualTo(row.get("leaf"));
        String what = saving.finding().rule() + " on " + saving.finding().resourceId();
        assertThat(saving.status().key()).as(what).isEqualTo(row.get("status"));
        assertThat(saving.statusReason()).as(what).contains(row.get("reason says"));
        assertThat(saving.monthlyCost()).as(what).isEqualTo(decimal(row.get("monthly cost")));
        assertThat(saving.standAlone() == null ? null : saving.standAlone().likely())
                .as(what)
                .isEqualTo(decimal(row.get("gross")));
        assertThat(saving.counted()).as(what).isEqualTo(range(row));
        assertThat(saving.freedCommitment()).as(what).isEqualTo(decimal(row.get("left unused")));
    }

    private static Range range(Map<String, String> row) {
        return row.get("likely") == null
                ? null
                : new Range(decimal(row.get("low")), decimal(row.get("likely")), decimal(row.get("high")));
    }

    private static void checkTotals(Audit.Totals totals, Map<String, String> row) {
        assertThat(totals.saving()).isEqualTo(range(row));
        assertThat(totals.standAloneSaving()).isEqualTo(decimal(row.get("gross")));
        assertThat(totals.overlap()).isEqualTo(decimal(row.get("overlap")));
        assertThat(totals.unconfirmedSaving()).isEqualTo(decimal(row.get("unconfirmed")));
        assertThat(totals.blockedSaving()).isEqualTo(decimal(row.get("blocked")));
        assertThat(totals.acceptedSaving()).isEqualTo(decimal(row.get("accepted")));
        assertThat(totals.freedCommitment()).isEqualTo(decimal(row.get("left unused")));
        assertThat(totals.unpricedFindings()).isEqualTo(Integer.parseInt(row.get("unpriced")));
    }
}
