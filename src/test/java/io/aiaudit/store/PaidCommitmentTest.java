package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Ten a day are paid for a commitment in June; a machine whose usage is worth eight a day is under it. */
class PaidCommitmentTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);
    private static final LocalDate CORRECTED = LocalDate.of(2026, 6, 28);
    private static final BigDecimal WORTH = new BigDecimal("8");

    private static PaidCommitment paid() {
        PaidCommitment commitment = new PaidCommitment();
        FIRST.datesUntil(FIRST.plusMonths(1)).forEach(day -> commitment.pay("sp-1", false, day, BigDecimal.TEN));
        return commitment;
    }

    private static void used(PaidCommitment commitment, LocalDate except) {
        FIRST.datesUntil(FIRST.plusMonths(1))
                .filter(day -> !day.equals(except))
                .forEach(day -> commitment.use("i-1", day, WORTH));
    }

    private static BigDecimal cost(PaidCommitment commitment) {
        return Money.toCents(commitment.costsOfUsers().get("i-1"));
    }

    @Test
    void usage_costs_what_it_is_worth_where_more_is_paid() {
        PaidCommitment commitment = paid();
        used(commitment, null);
        assertThat(cost(commitment)).isEqualByComparingTo("240");
    }

    @Test
    void what_is_given_back_at_once_lowers_the_price_of_each_day() {
        PaidCommitment commitment = paid();
        commitment.pay("sp-1", false, null, new BigDecimal("-200"));
        used(commitment, null);
        assertThat(cost(commitment)).isEqualByComparingTo("100");
    }

    @Test
    void no_day_has_a_negative_price_and_what_is_given_back_on_one_lowers_the_others() {
        PaidCommitment commitment = paid();
        commitment.pay("sp-1", false, CORRECTED, new BigDecimal("-200"));
        used(commitment, null);
        assertThat(commitment.atMostPaid(CORRECTED, WORTH)).isNotNegative();
        assertThat(cost(commitment)).isEqualByComparingTo("100");
    }

    @Test
    void what_is_given_back_on_a_day_without_usage_lowers_the_price_of_the_others() {
        PaidCommitment commitment = paid();
        commitment.pay("sp-1", false, CORRECTED, new BigDecimal("-200"));
        used(commitment, CORRECTED);
        assertThat(cost(commitment)).isEqualByComparingTo("100");
    }

    @Test
    void usage_that_is_worth_nothing_costs_nothing_on_a_day_on_which_something_is_given_back() {
        PaidCommitment commitment = paid();
        commitment.pay("sp-1", false, CORRECTED, new BigDecimal("-200"));
        used(commitment, CORRECTED);
        commitment.use("i-1", CORRECTED, BigDecimal.ZERO);
        assertThat(commitment.atMostPaid(CORRECTED, BigDecimal.ZERO)).isZero();
        assertThat(cost(commitment)).isEqualByComparingTo("100");
    }

    @Test
    void less_given_back_than_is_left_lowers_nothing() {
        PaidCommitment commitment = paid();
        commitment.pay("sp-1", false, null, new BigDecimal("-60"));
        used(commitment, null);
        assertThat(cost(commitment)).isEqualByComparingTo("240");
    }
}
