package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.Conversion;
import io.aiaudit.model.CloudName;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.PlainNumber;
import java.math.BigDecimal;
import java.util.List;

/** What was converted from another currency, at which rate, in sentences. */
public final class Conversions {
    private Conversions() {}

    public static List<String> sentences(Audit audit) {
        return audit.conversions().stream()
                .map(conversion -> sentence(conversion, audit.currency()))
                .toList();
    }

    private static String sentence(Conversion conversion, String currency) {
        String from = " " + conversion.currency();
        String rate = "were converted at " + PlainNumber.of(conversion.rate().stripTrailingZeros()) + " "
                + Findings.orUnknown(currency) + " for 1" + from
                + (conversion.rateDate() == null ? "" : ", the rate of " + conversion.rateDate()) + ".";
        if (conversion.provider() == null) {
            return "List prices in" + from + " " + rate;
        }
        BigDecimal effective = conversion.effectiveCost();
        return "Of the bill of " + CloudName.of(conversion.provider()) + " "
                + Amounts.grouped(conversion.billedCost(), 2) + from
                + " billed"
                + (effective == null ? " " : ", " + Amounts.grouped(effective, 2) + from + " effective, ") + rate;
    }
}
