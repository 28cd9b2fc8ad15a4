package io.aiaudit.analysis;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Says where promotional credits pay today: amounts are what stops being charged, whoever pays it. */
final class CreditWarnings {
    private CreditWarnings() {}

    static List<String> of(List<Audit.ProviderBill> bills, String currency) {
        return bills.stream()
                .filter(bill -> bill.promotionalCredit() != null
                        && bill.promotionalCredit().signum() != 0)
                .map(bill -> Audit.CREDITS_COVERED + ("USD".equals(currency) ? "$" : "")
                        + String.format(
                                Locale.ROOT,
                                "%,d",
                                whole(bill.promotionalCredit()).longValueExact())
                        + ("USD".equals(currency) ? "" : " " + currency) + " of the " + CloudName.of(bill.provider())
                        + " bill. Up to that amount, savings may reduce the credits used instead of the cash you pay.")
                .toList();
    }

    private static BigDecimal whole(BigDecimal credit) {
        return credit.abs().setScale(0, RoundingMode.HALF_EVEN);
    }
}
