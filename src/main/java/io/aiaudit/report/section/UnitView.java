package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.UnitCost;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.Times;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What one unit of work cost, with the share of the spend that it is known for. */
public final class UnitView {
    private static final String HOUR = "used_gpu_hour";
    private static final Map<String, String> WORDS =
            Map.of("1000_requests", "1,000 requests", "1000000_tokens", "million tokens", HOUR, "used GPU hour");

    private UnitView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        return View.of(
                "any", !audit.unitCosts().isEmpty(),
                "window", Times.window(audit.window()),
                "all",
                        audit.unitCosts().stream()
                                .map(unit -> unit(unit, amounts))
                                .toList());
    }

    /** Such as {@code used GPU hour}. */
    public static String word(UnitCost unit) {
        return WORDS.getOrDefault(unit.unit(), unit.unit());
    }

    /** Of how many resources, and of how much of what they cost; and why there is no price where there is none. */
    public static String coverage(UnitCost unit) {
        String resources = Amounts.count(unit.measured()) + " of " + CountedNoun.of(unit.resources(), "resource");
        if (unit.measured() == 0) {
            return "not measured (" + resources + ")";
        }
        return (unit.quantity().signum() == 0 ? "not used: " : "") + resources + ", "
                + Amounts.share(unit.costShare(), BigDecimal.ONE) + " of "
                + (unit.unit().equals(HOUR) ? "the GPU spend" : "their cost");
    }

    /** How much of the hours that were paid for was used; empty where it is not about hours. */
    public static String hours(UnitCost unit, Amounts amounts) {
        return unit.paidHours() == null
                ? ""
                : "paid " + amounts.sign() + Amounts.price(unit.paidHourCost()) + " an hour, "
                        + Amounts.share(unit.quantity(), unit.paidHours()) + " used";
    }

    private static Map<String, Object> unit(UnitCost unit, Amounts amounts) {
        List<Object> largest = unit.largest().stream()
                .<Object>map(resource -> resource(resource, unit, amounts))
                .toList();
        return View.of(
                "word", word(unit),
                "price", Amounts.price(unit.unitCost()),
                "cost", amounts.plain(unit.cost()),
                "quantity", quantity(unit, unit.quantity()),
                "hours", hours(unit, amounts),
                "is_hours", unit.unit().equals(HOUR),
                "coverage", coverage(unit),
                "largest", largest);
    }

    private static Map<String, Object> resource(UnitCost.OfResource resource, UnitCost unit, Amounts amounts) {
        return View.of(
                "name", resource.name() == null || resource.name().isBlank() ? resource.resourceId() : resource.name(),
                "where",
                        Findings.orUnknown(resource.kind()).replace('_', ' ') + ", "
                                + Findings.orUnknown(CloudName.of(resource.provider())) + " "
                                + Findings.orUnknown(resource.region()),
                "cost", amounts.plain(resource.cost()),
                "quantity", quantity(unit, resource.quantity()),
                "paid_hours", Amounts.count(resource.paidHours()),
                "paid_price", Amounts.price(resource.paidHourCost()),
                "price", Amounts.price(resource.unitCost()));
    }

    private static String quantity(UnitCost unit, BigDecimal quantity) {
        boolean tokens = unit.unit().equals("1000000_tokens") && quantity != null;
        return tokens ? Amounts.millions(quantity) + " M" : Amounts.count(quantity);
    }
}
