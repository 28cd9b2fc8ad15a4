package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Audit.Verdict;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Money;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Coverage of the AI money of the window, what was not assessed, and the verdicts on what costs most. */
public final class CoverageView {
    /**
     * A class with its words.
     *
     * @param ink its colour, as the style sheet calls it
     */
    public record Line(String name, BigDecimal amount, String meaning, String ink) {}

    /** The classes in the order of {@link Coverage#amounts}. */
    private static final List<String> NAMES = List.of(
            "Ended or reduced",
            "Counted savings",
            "Unused commitment",
            "Accepted",
            "Blocked",
            "Needs decision",
            "No waste found",
            "Not assessed");

    /** Their colours in the style sheet. */
    private static final List<String> INKS =
            List.of("past", "counted", "freed", "accepted", "blocked", "unconfirmed", "use", "unknown");

    private static final int NOT_ASSESSED = 7;

    /** The order of all reports: what can be acted on first; what is not known is after all of these. */
    private static final List<Integer> BAR = List.of(1, 5, 4, 3, 2, 6, 0);

    /** Of resources with findings, so no data is missing: a part of its own, though the class has it. */
    private static final String LEFT = "Left after the fix, or safety margin";

    private static final String LEFT_MEANING =
            "Cost of resources with findings that no saving claims: what fixes leave, and a margin for findings that "
                    + "prove wrong. No data is missing.";

    private static final List<String> MEANINGS = List.of(
            "Cost that does not recur: the resource was deleted or reduced, or the bill does not name it.",
            "Included in the net saving.",
            "Unused today, or left unused by counted findings; saved only when the commitment expires.",
            "You accepted it with 'ignore' in aiaudit.yaml.",
            "The policy forbids the fix, even where another fix of the same cost needs your decision.",
            "Counted once you approve it. Cost that is also blocked or accepted is shown under those classes.",
            "Rules that test use found nothing, or this is left of a resource with findings. Other waste is possible.",
            "No rule could decide whether this cost is waste.");

    private static final String ROUNDED = " Whole amounts are rounded, so a sum can differ by 1 or 2.";

    /** Beside amounts of the window, so that nobody compares them with amounts of a month. */
    public static final String BASIS =
            "All amounts here are for the window. Savings elsewhere are for a 730-hour month, and may be of cost that "
                    + "is not AI spend." + ROUNDED;

    /** Where one amount of the window is beside savings of a month. */
    public static final String BASIS_BESIDE_SAVINGS =
            "\"Not assessed\" is for the window. Savings are for a 730-hour month." + ROUNDED;

    private static final String FILTERED =
            "How much of the AI spend was assessed is in the report without a filter: it is of all findings.";

    private CoverageView() {}

    /** The classes that have an amount, with what findings leave as one of its own; empty where nothing is known. */
    public static List<Line> lines(Audit audit) {
        Coverage coverage = audit.totals().coverage();
        if (coverage == null) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        BAR.forEach(index -> lines.add(line(index, coverage.amounts().get(index))));
        lines.add(new Line(LEFT, left(audit), LEFT_MEANING, "left"));
        lines.add(line(NOT_ASSESSED, notAssessedCost(audit)));
        return lines.stream().filter(line -> line.amount().signum() != 0).toList();
    }

    private static Line line(int index, BigDecimal amount) {
        return new Line(NAMES.get(index), amount, MEANINGS.get(index), INKS.get(index));
    }

    /** What findings leave of the cost of their resources, which no data would assess; zero where there is none. */
    public static BigDecimal left(Audit audit) {
        return Money.sum(audit.notAssessed().stream()
                .filter(NotAssessed::isMargin)
                .map(NotAssessed::cost)
                .toList());
    }

    /** The rows of what was not assessed, without what findings leave: something would help, or a person. */
    public static List<NotAssessed> open(Audit audit) {
        return audit.notAssessed().stream().filter(row -> !row.isMargin()).toList();
    }

    /** The most expensive resources of which nothing was assessed, that first. */
    public static List<Verdict> openVerdicts(Audit audit) {
        return audit.verdicts().stream()
                .filter(verdict -> verdict.verdict().equals("not_assessed"))
                .toList();
    }

    /** What each row of {@link #open} cost, the same in every report. */
    public static List<String> notAssessed(Audit audit, Amounts amounts) {
        PrintText text = new PrintText(amounts, 0);
        return open(audit).stream().map(row -> text.money(row.cost())).toList();
    }

    /** Of how many resources some cost was not assessed. A refund is no resource to assess. */
    public static long countNotAssessed(Audit audit) {
        return open(audit).stream()
                .filter(row -> row.cost().signum() > 0)
                .mapToLong(NotAssessed::resources)
                .sum();
    }

    /** Such as {@code 30 of 209 resources have cost that no rule could assess.} */
    private static String resourcesNotAssessed(Audit audit) {
        long open = countNotAssessed(audit);
        int all = audit.resources().size();
        if (open == 0) {
            return "All AI spend was checked by at least one rule.";
        }
        if (all == 1) {
            return "The only resource has cost that no rule could assess.";
        }
        return (open == all ? "All " + Amounts.count(all) : Amounts.count(open) + " of " + Amounts.count(all))
                + " resources " + (open == 1 ? "has" : "have") + " cost that no rule could assess.";
    }

    /** That the rest was assessed, where there is a rest. */
    private static String restAssessed(Audit audit) {
        BigDecimal spend = audit.totals().windowAiCost();
        return countNotAssessed(audit) == 0
                        || spend == null
                        || notAssessedCost(audit) == null
                        || notAssessedCost(audit).compareTo(spend) >= 0
                ? ""
                : " All other AI spend was checked by at least one rule.";
    }

    /** How much of the spend a further rule could not check, as a sentence behind another. */
    private static String furtherRules(Audit audit) {
        BigDecimal partly = partly(audit);
        String share = Amounts.share(partly, audit.totals().windowAiCost());
        return partly.signum() == 0 || share.equals(Amounts.UNKNOWN)
                ? ""
                : " For " + share + " of AI spend, at least one more rule lacked data.";
    }

    /**
     * Why little money and many checks are not assessed: one rule that has its data assesses a dollar, and each of the
     * other rules may lack its own.
     */
    public static String explained(Audit audit) {
        String open = checksWithoutData(audit);
        return resourcesNotAssessed(audit)
                + restAssessed(audit)
                + furtherRules(audit)
                + (open.isEmpty() ? "" : open + ", so more waste is possible.");
    }

    /** How many of all checks could not be made, as a sentence behind another; empty where all were. */
    public static String checksWithoutData(Audit audit) {
        long open = lackedData(audit);
        return open == 0
                ? ""
                : " Of " + CountedNoun.of(checks(audit), "rule check") + " (one rule on one resource), "
                        + Amounts.count(open)
                        + " lacked data"
                        + notInPolicy(audit);
    }

    /** Such as {@code 9 of 16 checks lacked data}; empty where none did. */
    public static String checksLacking(Audit audit) {
        long open = lackedData(audit);
        return open == 0 ? "" : Amounts.count(open) + " of " + CountedNoun.of(checks(audit), "check") + " lacked data";
    }

    public static long checks(Audit audit) {
        return audit.rules().stream().mapToLong(RuleReport::checks).sum();
    }

    private static long lackedData(Audit audit) {
        return audit.rules().stream().mapToLong(RuleReport::lackedData).sum();
    }

    private static String notInPolicy(Audit audit) {
        long more = audit.rules().stream().mapToLong(RuleReport::notInPolicy).sum();
        return more == 0
                ? ""
                : "; " + Amounts.count(more) + (more == 1 ? " more needs" : " more need") + " a policy entry";
    }

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        BigDecimal spend = audit.totals().windowAiCost();
        return View.of(
                "known",
                audit.totals().coverage() != null,
                "bar",
                bar(audit, amounts),
                "unknown",
                unknown(audit, amounts),
                "unknown_words",
                unknownWords(audit, amounts),
                "basis",
                BASIS,
                "shows",
                lines(audit).isEmpty() ? "" : ChartCaptions.coverage(audit),
                "explained",
                explained(audit),
                "checks",
                checksWithoutData(audit).strip(),
                "of_resources",
                resourcesNotAssessed(audit),
                "not_assessed_total",
                amounts.whole(notAssessedCost(audit)),
                "total",
                amounts.money(spend),
                "not_assessed",
                rows(audit, amounts),
                "verdicts",
                audit.verdicts().stream()
                        .map(verdict -> row(audit, verdict, amounts))
                        .toList());
    }

    /** The figure of what is unknown: what was not assessed, and where all was, what was checked only in part. */
    private static String unknown(Audit audit, Amounts amounts) {
        return amounts.whole(isAssessed(audit) ? partly(audit) : notAssessedCost(audit));
    }

    /** The words under it. */
    private static String unknownWords(Audit audit, Amounts amounts) {
        if (audit.totals().coverage() == null) {
            return whyUnknown(audit);
        }
        BigDecimal spend = audit.totals().windowAiCost();
        if (!isAssessed(audit)) {
            String partly = partlyChecked(audit, amounts);
            return "of AI spend in the window was not assessed, " + Amounts.share(notAssessedCost(audit), spend)
                    + " of it." + (partly.isEmpty() ? "" : " " + partly + ": " + PARTLY);
        }
        return partly(audit).signum() == 0
                ? "of AI spend in the window was not assessed."
                : "of AI spend in the window was checked only in part, " + Amounts.share(partly(audit), spend)
                        + " of it: " + PARTLY;
    }

    /**
     * Why nothing is known of the coverage, as a sentence; empty where it is known. A filter leaves it out, since it
     * is of all findings, though costs are known.
     */
    public static String whyUnknown(Audit audit) {
        if (audit.totals().coverage() != null) {
            return "";
        }
        if (audit.filter() != null) {
            return FILTERED;
        }
        return audit.totals().monthlyAiCost() == null
                ? "No cost is known, so how much of it was assessed is unknown."
                : "This audit does not say how much of the AI spend was assessed.";
    }

    /** Whether at least one rule assessed each dollar. */
    private static boolean isAssessed(Audit audit) {
        BigDecimal open = notAssessedCost(audit);
        return open != null && open.signum() <= 0;
    }

    /** The classes as parts of one bar. */
    private static List<Object> bar(Audit audit, Amounts amounts) {
        Coverage coverage = audit.totals().coverage();
        if (coverage == null) {
            return List.of();
        }
        BigDecimal end = Money.sum(lines(audit).stream()
                .map(line -> line.amount().max(BigDecimal.ZERO))
                .toList());
        List<Object> parts = new ArrayList<>();
        BigDecimal at = BigDecimal.ZERO;
        for (Line line : lines(audit)) {
            BigDecimal amount = line.amount().max(BigDecimal.ZERO);
            parts.add(View.of(
                    "name", line.name(),
                    "ink", line.ink(),
                    "amount", amounts.whole(line.amount()),
                    "share", Amounts.share(line.amount(), coverage.sum()),
                    "at", end.signum() == 0 ? "0" : RangeView.percent(at, end),
                    "width", end.signum() == 0 ? "0" : RangeView.percent(amount, end),
                    "meaning", line.meaning()));
            at = at.add(amount);
        }
        return parts;
    }

    private static List<Object> rows(Audit audit, Amounts amounts) {
        List<String> costs = notAssessed(audit, amounts);
        return IntStream.range(0, costs.size())
                .<Object>mapToObj(index -> row(audit, open(audit).get(index), costs.get(index)))
                .toList();
    }

    static Map<String, Object> row(Audit audit, NotAssessed row, String cost) {
        return View.of(
                "missing",
                missing(row),
                "amount",
                cost,
                "resources",
                Amounts.count(row.resources()),
                "names",
                largest(audit, row),
                "fix",
                row.fix());
    }

    /** The names of the most expensive resources, such as {@code a, b and 19 more}; empty in an older audit. */
    public static String largest(Audit audit, NotAssessed row) {
        List<String> names = row.largestResources().stream()
                .map(id -> audit.resources().stream()
                        .filter(resource -> resource.resourceId().equals(id))
                        .map(AuditedResource::name)
                        .filter(name -> name != null && !name.isBlank())
                        .findFirst()
                        .orElse(id))
                .toList();
        int rest = row.resources() - names.size();
        return names.isEmpty()
                ? ""
                : String.join(", ", names) + (rest > 0 ? " and " + Amounts.count(rest) + " more" : "");
    }

    /** What is missing, in words. */
    public static String missing(NotAssessed row) {
        String words = switch (row.what()) {
            case "metric" ->
                row.fix().startsWith(NotAssessed.MISSING_HOURS)
                        ? "too few hours of the " + row.missing() + " metric"
                        : "no " + row.missing() + " metric";
            case "permission" -> "no permission to read the metric " + row.missing();
            case "rule" ->
                row.missing().startsWith("the ") || !row.rules().isEmpty()
                        ? row.missing()
                        : "no rule can show whether this kind of resource is used: " + row.missing();
            default -> row.missing();
        };
        words = words.replaceFirst("^check by hand (?=how )", "");
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static Map<String, Object> row(Audit audit, Verdict verdict, Amounts amounts) {
        return View.of(
                "name",
                name(verdict),
                "kind",
                Findings.orUnknown(verdict.kind()).replace('_', ' '),
                "amount",
                amounts.plain(verdict.monthlyCost()),
                "verdict",
                word(verdict),
                "reason",
                Findings.titled(audit, verdict.reason()));
    }

    public static String name(Verdict verdict) {
        return verdict.name() == null || verdict.name().isBlank() ? verdict.resourceId() : verdict.name();
    }

    public static String word(Verdict verdict) {
        return verdict.verdict().equals("in_use")
                ? "no waste found"
                : verdict.verdict().replace('_', ' ');
    }

    /** Behind an amount that was checked only in part. */
    public static final String PARTLY = "no waste found there, and at least one rule about costs lacked data.";

    /** What no rule found waste in, though not all could look: it is no less open than what none looked at. */
    public static BigDecimal partly(Audit audit) {
        BigDecimal partly = audit.totals().inUsePartlyChecked();
        return partly == null ? BigDecimal.ZERO : partly.max(BigDecimal.ZERO);
    }

    /**
     * The same as words, such as {@code $185,018 more (35 %) was checked only in part}; empty where there is none.
     * "More" only where it is behind an amount that was not assessed.
     */
    public static String partlyChecked(Audit audit, Amounts amounts) {
        BigDecimal partly = partly(audit);
        if (partly.signum() == 0) {
            return "";
        }
        String share = Amounts.share(partly, audit.totals().windowAiCost());
        return amounts.whole(partly) + (isAssessed(audit) ? " " : " more ")
                + (share.equals(Amounts.UNKNOWN) ? "" : "(" + share + ") ")
                + "was checked only in part";
    }

    /** The AI spend of the window that no rule assessed, without what findings leave; null where nothing is known. */
    public static BigDecimal notAssessedCost(Audit audit) {
        return audit.totals().coverage() == null
                ? null
                : audit.totals().coverage().notAssessed().subtract(left(audit));
    }
}
