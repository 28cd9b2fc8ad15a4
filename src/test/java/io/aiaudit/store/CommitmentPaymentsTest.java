package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.util.BigDecimalComparator;
import org.junit.jupiter.api.Test;

/** Fees of reservations a and b, and the machines that used them. */
class CommitmentPaymentsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
    private static final String ACCOUNT = "aws:111122223333/AmazonEC2";

    private final CommitmentPayments payments = CommitmentPayments.none();
    private final Map<String, BigDecimal> ai = new HashMap<>();

    private void pay(String commitment, String resourceId, boolean isAi, String cost) {
        payments.pay("aws " + commitment, resourceId, isAi, DAY, new BigDecimal(cost));
        payments.pay("aws", resourceId, isAi, DAY, new BigDecimal(cost));
    }

    private void use(String commitment, String resourceId, String price) {
        payments.use(commitment, resourceId, DAY, new BigDecimal(price));
    }

    private static void assertSame(Map<String, BigDecimal> costs, Map<String, String> expected) {
        Map<String, BigDecimal> numbers = new HashMap<>();
        expected.forEach((id, cost) -> numbers.put(id, new BigDecimal(cost)));
        assertThat(costs)
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimalComparator.BIG_DECIMAL_COMPARATOR, BigDecimal.class)
                .isEqualTo(numbers);
    }

    @Test
    void fees_of_two_commitments_on_one_leaf_are_each_counted_on_what_used_them() {
        pay("ri-a", ACCOUNT, false, "1000");
        pay("ri-b", ACCOUNT, false, "800");
        use("aws ri-a", "i-1", "1000");
        use("aws ri-b", "i-2", "800");
        ai.put("i-1", BigDecimal.ZERO);
        ai.put("i-2", BigDecimal.ZERO);
        assertSame(payments.moveToUsers(ai), Map.of("i-1", "1000", "i-2", "800"));
        assertThat(payments.paidForUsers(ACCOUNT)).isEqualByComparingTo("1800");
    }

    @Test
    void fees_of_two_classes_of_one_commitment_on_one_leaf_are_both_counted() {
        pay("ri-a", ACCOUNT, true, "300");
        pay("ri-a", ACCOUNT, false, "700");
        use("aws ri-a", "i-1", "1000");
        ai.put("i-1", BigDecimal.ZERO);
        ai.put(ACCOUNT, new BigDecimal("300"));
        assertSame(payments.moveToUsers(ai), Map.of("i-1", "700"));
        assertSame(ai, Map.of("i-1", "1000", ACCOUNT, "0"));
        assertThat(payments.paidForUsers(ACCOUNT)).isEqualByComparingTo("1000");
    }

    @Test
    void usage_that_names_no_commitment_has_what_those_that_do_leave_of_a_fee() {
        pay("ri-a", ACCOUNT, false, "1000");
        use("aws ri-a", "i-1", "700");
        use("aws", "i-2", "900");
        ai.put("i-1", BigDecimal.ZERO);
        ai.put("i-2", BigDecimal.ZERO);
        assertSame(payments.moveToUsers(ai), Map.of("i-1", "700", "i-2", "300"));
        assertThat(payments.paidForUsers(ACCOUNT)).isEqualByComparingTo("1000");
    }

    @Test
    void a_machine_that_used_a_commitment_of_ai_is_no_ai_for_another() {
        for (boolean isFirst : new boolean[] {true, false}) {
            CommitmentPaymentsTest bill = new CommitmentPaymentsTest();
            bill.pay("ri-a", "ri-a", isFirst, "100");
            bill.pay("ri-b", "ri-b", !isFirst, "100");
            bill.use("aws ri-a", "i-1", "100");
            bill.use("aws ri-b", "i-1", "100");
            bill.ai.put(isFirst ? "ri-a" : "ri-b", new BigDecimal("100"));
            assertSame(bill.payments.moveToUsers(bill.ai), Map.of());
            assertSame(bill.ai, Map.of("i-1", "100", isFirst ? "ri-a" : "ri-b", "0"));
        }
    }
}
