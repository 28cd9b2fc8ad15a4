package io.aiaudit.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Range;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({"0.30, < $1", "-0.30, > -$1", "0, $0", "-1.20, -$1", "4.20, $4"})
    void on_a_page_of_whole_dollars_nothing_that_is_something_reads_as_nothing(BigDecimal amount, String text) {
        assertThat(Amounts.page("USD").money(amount)).isEqualTo(text);
    }

    @Test
    void the_likely_amount_is_rounded_as_the_range_beside_it() {
        Amounts amounts = Amounts.rounded("USD");
        Range small = new Range(new BigDecimal("0.10"), new BigDecimal("0.40"), new BigDecimal("0.60"));
        Range large = new Range(new BigDecimal("9.60"), new BigDecimal("12.40"), new BigDecimal("14.20"));
        assertThat(amounts.likely(small) + " " + amounts.wholeRange(small)).isEqualTo("$0.40 $0.10 to $0.60");
        assertThat(amounts.likely(large) + " " + amounts.wholeRange(large)).isEqualTo("$12 $10 to $14");
    }
}
