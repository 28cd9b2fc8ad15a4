package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Status;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.ApiUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the figures are made, and the words that they use. */
public final class MethodView {
    /** Why the AI spend of a month is not just the window at 730 hours. */
    public static final String MONTH =
            "Monthly spend is the window scaled to 730 hours. Resources created seven days or more before the "
                    + "end of the window count as a full month. What has ended counts at its average over the "
                    + "window. Accounts without a bill count at list prices.";

    private MethodView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        List<Object> bases = new ArrayList<>();
        new TreeMap<>(audit.totals().savingByBasis())
                .forEach((basis, amount) -> bases.add(View.of(
                        "basis", basis,
                        "amount", amounts.plain(amount),
                        "meaning",
                                Keyed.find(CostBasis.class, basis)
                                        .map(Glossary.BASES::get)
                                        .orElse(""))));
        List<ApiUsage> usages = ApiUsage.of(audit);
        List<Object> cost = new ArrayList<>();
        if (audit.scanCost() != null) {
            audit.scanCost().forEach((name, value) -> {
                if (!ApiUsage.shows(usages, name)) {
                    cost.add(View.of(
                            "name",
                            name.replace('_', ' '),
                            "value",
                            value == null ? Amounts.UNKNOWN : AuditMapper.line(value)));
                }
            });
        }
        return View.of(
                "bases",
                bases,
                "statuses",
                Arrays.stream(Status.values())
                        .map(status -> View.of(
                                "word",
                                Glossary.word(status),
                                "key",
                                status.key(),
                                "meaning",
                                Glossary.STATUSES.get(status)))
                        .toList(),
                "levers",
                Arrays.stream(Lever.values())
                        .map(lever -> View.of("word", LeverView.name(lever), "meaning", Glossary.LEVERS.get(lever)))
                        .toList(),
                "deducted",
                EffortWords.DEDUCTED,
                "effort",
                EffortWords.isReckoned(audit) ? "" : EffortWords.UNKNOWN_HOURS,
                "month",
                MONTH,
                "confidence",
                Glossary.CONFIDENCE,
                "scan_cost",
                cost,
                "askings",
                usages.stream().map(MethodView::usage).toList());
    }

    private static Map<String, Object> usage(ApiUsage usage) {
        List<Object> operations = new ArrayList<>();
        usage.byOperation()
                .forEach((operation, count) -> operations.add(View.of(
                        "name", operation, "count", count == null ? Amounts.UNKNOWN : Amounts.grouped(count, 0))));
        return View.of(
                "source",
                usage.source(),
                "requests",
                Amounts.grouped(usage.requests(), 0),
                "dollars",
                usage.dollars(),
                "operations",
                operations);
    }
}
