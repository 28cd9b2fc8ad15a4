package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.ProviderBillBuilder;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreditWarningsTest {
    @Test
    void credits_that_pay_a_bill_are_reported_once_for_each_provider() {
        assertThat(CreditWarnings.of(List.of(bill("aws", "-1234.40"), bill("gcp", "-0"), bill("azure", "0.00")), "USD"))
                .containsExactly("Promotional credits covered $1,234 of the AWS bill. Up to that amount, savings may "
                        + "reduce the credits used instead of the cash you pay.");
    }

    private static Audit.ProviderBill bill(String provider, String credit) {
        BigDecimal none = BigDecimal.ZERO;
        return ProviderBillBuilder.builder()
                .provider(provider)
                .billedCost(none)
                .effectiveCost(none)
                .aiCost(none)
                .otherCost(none)
                .untoldCost(none)
                .tax(none)
                .promotionalCredit(new BigDecimal(credit))
                .rows(1)
                .build();
    }
}
