package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Calculation;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.PolicyWords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A finding in the few words that a line of a pipeline has room for. */
public final class FindingWords {
    /** What only frees a commitment: with the day of its end, where the evidence has it. */
    public static String noSavingYet(AuditedFinding finding) {
        return "no net saving before " + savesFrom(finding);
    }

    /** The day on which the commitment ends that it frees, in words where it is not known. */
    static String savesFrom(AuditedFinding finding) {
        Object ends = finding.evidence() == null ? null : finding.evidence().get("ends");
        String day = String.valueOf(ends);
        boolean known = day.matches("\\d{4}-\\d\\d-\\d\\d(T.*)?");
        return known ? day.substring(0, "2026-10-01".length()) : "the commitment expires";
    }

    private FindingWords() {}

    /** What it is about, such as {@code Endpoints billed while idle: chat-v1-prod}. */
    public static String title(Audit audit, AuditedFinding finding) {
        return Findings.title(audit, finding) + ": " + Findings.name(finding);
    }

    /** Its problem; what saves nothing before a commitment expires shows how much of the commitment that is. */
    public static String titleWithUnused(Audit audit, AuditedFinding finding, Amounts amounts) {
        return (finding.onlyFrees() ? amounts.whole(finding.freedCommitment()) + " unused: " : "")
                + Findings.title(audit, finding);
    }

    /** What needs a decision, by what approving it adds to the saving. */
    public static List<AuditedFinding> toDecide(Audit audit) {
        return Findings.with(audit, Status.UNCONFIRMED).stream()
                .sorted(Comparator.comparing(
                        AuditedFinding::decisionAmount, Comparator.nullsLast(Comparator.reverseOrder())))
                .toList();
    }

    /** Whether approving it adds to the saving, or may: what it adds can be unknown. */
    public static boolean adds(AuditedFinding finding) {
        return finding.decisionAmount() == null || finding.decisionAmount().signum() != 0;
    }

    /** What lists of savings leave out since it saves nothing yet; empty where they leave out nothing. */
    public static Optional<String> savingNothingYet(Audit audit, Amounts amounts) {
        List<AuditedFinding> findings = Findings.savingNothingYet(audit);
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        boolean one = findings.size() == 1;
        BigDecimal unused =
                Money.sum(findings.stream().map(AuditedFinding::freedCommitment).toList());
        return Optional.of(CountedNoun.of(findings.size(), "finding") + " on " + amounts.whole(unused)
                + " a month of unused commitment " + (one ? "counts" : "count") + " as "
                + amounts.whole(BigDecimal.ZERO) + " until it expires.");
    }

    /** Why lists of decisions leave some out, whose best case the range above has; empty where they leave out none. */
    public static Optional<String> addNothing(Audit audit, Amounts amounts) {
        return addNothing(audit, amounts, "more finding");
    }

    /** Why a list of decisions has none, as a sentence or two; empty where it has some. */
    public static String noDecision(Audit audit, Amounts amounts) {
        if (!DecisionGroup.of(audit).isEmpty()) {
            return "";
        }
        long open = Findings.count(audit, Status.UNCONFIRMED);
        if (open > 0) {
            return addNothing(audit, amounts, "pending decision")
                    .orElse("What " + CountedNoun.of(open, "pending decision") + " would add is unknown.");
        }
        if (audit.filter() != null) {
            return "No finding that the filter leaves needs your decision.";
        }
        return audit.totals().toDecide() == null
                ? "Nothing could be checked, or nothing has a price, so what needs a decision is unknown."
                : "No finding needs your decision.";
    }

    private static Optional<String> addNothing(Audit audit, Amounts amounts, String what) {
        List<AuditedFinding> findings =
                toDecide(audit).stream().filter(finding -> !adds(finding)).toList();
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        boolean one = findings.size() == 1;
        BigDecimal best = DecisionRanges.of(audit).best(findings);
        boolean never = amounts.whole(best).equals(amounts.whole(BigDecimal.ZERO));
        return Optional.of(CountedNoun.of(findings.size(), what) + (one ? " adds" : " add") + " nothing"
                + (never ? "" : " in the likely case (up to " + amounts.whole(best) + " at best)")
                + " and " + (one ? "is" : "are")
                + " not listed. " + coveredBy(findings));
    }

    private static String coveredBy(List<AuditedFinding> findings) {
        long freed = findings.stream()
                .filter(finding -> finding.decisionFrees() != null
                        && finding.decisionFrees().signum() > 0)
                .count();
        boolean unknown = findings.stream().anyMatch(finding -> finding.decisionFrees() == null);
        if (unknown) {
            return findings.size() == 1 ? "Its cost is already covered." : "Their cost is already covered.";
        }
        if (freed == 0) {
            return findings.size() == 1
                    ? "Another finding covers the same cost."
                    : "Other findings cover the same cost.";
        }
        return freed == findings.size()
                ? "A commitment pays for the same cost until it expires."
                : "Other findings cover the same cost; of " + freed + " a commitment pays it until it expires.";
    }

    /**
     * What the gross saving leaves of the cost that the fix is about, such as {@code 15 % of $1,186 remains after the
     * fix (0 % at best, 50 % at worst)}: with it anybody can work the saving out.
     */
    public static Optional<String> remaining(AuditedFinding finding, Amounts amounts) {
        Calculation calculation = finding.calculation();
        if (calculation == null || calculation.whole().signum() <= 0) {
            return Optional.empty();
        }
        String likely = percent(calculation.remaining());
        String best = percent(calculation.remainingBest());
        String worst = percent(calculation.remainingWorst());
        return Optional.of(likely + " of " + amounts.whole(calculation.whole()) + " remains after the fix"
                + (best.equals(worst) ? "" : " (" + best + " at best, " + worst + " at worst)"));
    }

    /** In tenths of a percent, with which the amounts come out to about a thousandth. */
    private static String percent(BigDecimal share) {
        BigDecimal tenths =
                share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return tenths.toPlainString() + " %";
    }

    /** Provider, account and region, as far as they are known. */
    public static String location(AuditedFinding finding) {
        return Stream.of(CloudName.of(finding.provider()), finding.accountId(), finding.region())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
    }

    /** What it is worth a month and why it counts or not, as a sentence. */
    public static String worth(AuditedFinding finding, Amounts amounts) {
        return switch (finding.status()) {
            case COUNTED ->
                finding.counted().high().signum() == 0
                        ? "N" + noSavingYet(finding).substring(1) + unusedUntilThen(finding, amounts) + "."
                        : "Saves " + amounts.whole(finding.counted().likely()) + " a month (" + whole(finding, amounts)
                                + ")." + unused(finding, amounts);
            case UNCONFIRMED -> toDecide(finding, amounts);
            case ALTERNATIVE ->
                "Alternative to the finding that was chosen, not in the net saving: " + grossSaving(finding, amounts)
                        + because(finding, amounts);
            case BLOCKED -> "Blocked by your policy: " + grossSaving(finding, amounts) + because(finding, amounts);
            case ACCEPTED -> "Accepted: " + grossSaving(finding, amounts) + because(finding, amounts);
            case UNPRICED ->
                because(finding, amounts).isEmpty()
                        ? Glossary.STATUSES.get(Status.UNPRICED)
                        : because(finding, amounts).strip();
            case NO_SAVING ->
                because(finding, amounts).isEmpty()
                        ? "There is no saving."
                        : because(finding, amounts).strip();
            case GOVERN -> "Governance finding, no saving claimed.";
        };
    }

    private static String unused(AuditedFinding finding, Amounts amounts) {
        return frees(finding)
                ? " Unused commitment, not realized until it expires: " + amounts.whole(finding.freedCommitment())
                        + " a month."
                : "";
    }

    private static String unusedUntilThen(AuditedFinding finding, Amounts amounts) {
        return frees(finding)
                ? "; until then " + amounts.whole(finding.freedCommitment())
                        + " a month of the commitment is unused unless other load uses it"
                : "";
    }

    private static boolean frees(AuditedFinding finding) {
        return finding.freedCommitment() != null && finding.freedCommitment().signum() != 0;
    }

    private static String toDecide(AuditedFinding finding, Amounts amounts) {
        BigDecimal adds = finding.decisionAmount();
        boolean covered = adds != null
                && adds.signum() == 0
                && finding.standAlone() != null
                && finding.standAlone().likely().signum() > 0;
        return (covered
                        ? coveredBy(finding) + ", so approving it adds nothing now. What it needs: "
                        : "Needs your decision: " + amount(adds, amounts) + " a month. ")
                + decision(finding);
    }

    /** One cause where the audit holds it; one of an older version does not. */
    private static String coveredBy(AuditedFinding finding) {
        BigDecimal freed = finding.decisionFrees();
        if (freed == null) {
            return "Its cost is already covered";
        }
        return freed.signum() == 0
                ? "Another finding already covers this cost"
                : "A commitment pays for "
                        + (freed.compareTo(finding.standAlone().likely()) < 0 ? "what others leave of " : "")
                        + "this cost until it expires";
    }

    /** As a question with the line that answers it, where a line is all that is missing. */
    private static String decision(AuditedFinding finding) {
        String open = Findings.openQuestion(finding);
        String question = Glossary.questions(open, finding);
        return Findings.isPolicyLine(open) && !question.isEmpty()
                ? question + " To approve, set `" + open.replace(", ", "` and `") + "`."
                : sentence(PolicyWords.of(open));
    }

    private static String whole(AuditedFinding finding, Amounts amounts) {
        String range = amounts.wholeRange(finding.counted());
        boolean one = range.equals(amounts.whole(finding.counted().likely()));
        return (one ? "" : range + ", ") + "confidence "
                + (finding.confidence() == null
                        ? Amounts.UNKNOWN
                        : finding.confidence().key());
    }

    private static String grossSaving(AuditedFinding finding, Amounts amounts) {
        BigDecimal likely =
                finding.standAlone() == null ? null : finding.standAlone().likely();
        return amount(likely, amounts) + " a month.";
    }

    private static String amount(BigDecimal known, Amounts amounts) {
        return known == null ? "an unknown amount" : amounts.whole(known);
    }

    private static String because(AuditedFinding finding, Amounts amounts) {
        String reason = finding.statusReason();
        return reason == null || reason.isBlank() ? "" : " " + sentence(amounts.inProse(PolicyWords.of(reason)));
    }

    public static String sentence(String words) {
        return words.endsWith(".") || words.endsWith("?") ? words : words + ".";
    }

    /** What the rule saw, what it is worth, and which list price that rests on. */
    public static String text(AuditedFinding finding, Amounts amounts) {
        return Stream.of(
                        finding.reason() == null || finding.reason().isBlank() ? "" : sentence(finding.reason()),
                        worth(finding, amounts),
                        Findings.priceNote(finding)
                                .map(note -> "Price: " + sentence(note))
                                .orElse(""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
