package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.DailyUse;
import io.aiaudit.model.Calculation;
import io.aiaudit.model.Status;
import io.aiaudit.model.Window;
import io.aiaudit.report.section.Exclusions;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.PolicyWords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why one finding is what it is, in the shape of {@code aiaudit/explanation/v1}: the data it rests on, its calculation
 * with the numbers, the line of the policy that decided, what else was found on the resource, and what the cloud
 * recommends.
 *
 * @param title the problem, as a heading
 * @param statusWords why it counts or not, with the titles of rules and the answers of the policy in words
 * @param exclusion that a decision and an action on the resource exclude each other; null where they do not
 * @param measured what was measured of the resource in the window; empty where that is not in the audit
 * @param formula the calculation in words and numbers, a line each
 * @param others the other findings on the resource, with their status and its reason
 */
public record Explanation(
        String schema,
        Window window,
        String currency,
        String title,
        AuditedFinding finding,
        String statusWords,
        String exclusion,
        List<Measured> measured,
        List<String> formula,
        List<Other> others) {
    public static final String SCHEMA = "aiaudit/explanation/v1";

    private static final int DIGITS = 8;

    /** What an audit has of one metric of the resource, by day. */
    public record Measured(String metric, int days, int daysWithPoints, Double average, Double highest) {
        static Measured of(String metric, DailyUse use) {
            List<Double> known = use.average().stream().filter(Objects::nonNull).toList();
            return new Measured(
                    metric,
                    use.average().size(),
                    known.size(),
                    known.isEmpty() ? null : known.stream().collect(Collectors.averagingDouble(Double::doubleValue)),
                    use.highest().stream()
                            .filter(Objects::nonNull)
                            .max(Double::compare)
                            .orElse(null));
        }
    }

    /** Another finding on the same resource. */
    public record Other(
            String id,
            String rule,
            String title,
            Status status,
            String statusReason,
            BigDecimal grossSaving,
            BigDecimal netSaving) {
        static Other of(Audit audit, AuditedFinding finding) {
            return new Other(
                    finding.id(),
                    finding.rule(),
                    Findings.title(audit, finding),
                    finding.status(),
                    words(audit, finding),
                    finding.standAlone() == null ? null : finding.standAlone().likely(),
                    finding.counted() == null ? null : finding.counted().likely());
        }
    }

    /** Explains a finding of {@code audit}. */
    public static Explanation of(Audit audit, AuditedFinding finding) {
        List<Other> others = audit.ofResources().stream()
                .filter(other -> other.resourceId().equals(finding.resourceId())
                        && !other.id().equals(finding.id()))
                .map(other -> Other.of(audit, other))
                .toList();
        return new Explanation(
                SCHEMA,
                audit.window(),
                audit.currency(),
                Findings.title(audit, finding),
                finding,
                words(audit, finding),
                exclusion(audit, finding),
                measured(audit, finding),
                formula(finding, others),
                others);
    }

    private static String words(Audit audit, AuditedFinding finding) {
        return Findings.titled(audit, PolicyWords.of(finding.statusReason()));
    }

    private static String exclusion(Audit audit, AuditedFinding finding) {
        String words = Exclusions.of(audit, Amounts.rounded(audit.currency())).beside(finding);
        return words.isEmpty() ? null : words;
    }

    private static List<Measured> measured(Audit audit, AuditedFinding finding) {
        Map<String, DailyUse> daily = audit.resources().stream()
                .filter(resource -> resource.resourceId().equals(finding.resourceId()))
                .map(AuditedResource::daily)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Map.of());
        return new TreeMap<>(daily)
                .entrySet().stream()
                        .map(metric -> Measured.of(metric.getKey(), metric.getValue()))
                        .toList();
    }

    private static List<String> formula(AuditedFinding finding, List<Other> others) {
        if (finding.standAlone() == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        if (finding.calculation() == null) {
            lines.add("gross saving " + plain(finding.standAlone().likely())
                    + "; this audit is of a version that kept no calculation");
        } else {
            gross(finding, lines);
        }
        if (finding.status() == Status.COUNTED) {
            net(finding, others, lines);
        } else {
            lines.add("net saving 0.00: its status is \""
                    + Glossary.word(finding.status()).toLowerCase(Locale.ROOT) + "\"");
            decision(finding, others, lines);
        }
        return lines;
    }

    private static void gross(AuditedFinding finding, List<String> lines) {
        Calculation calculation = finding.calculation();
        List<String> parts = calculation.base().entrySet().stream()
                .filter(part -> part.getValue().signum() != 0)
                .map(part -> part.getKey() + " " + plain(part.getValue()))
                .toList();
        lines.add("base = " + (parts.isEmpty() ? "0.00" : String.join(" + ", parts))
                + (parts.size() > 1 ? " = " + plain(calculation.whole()) : "")
                + ", the run rate a month "
                + (calculation.runRateFrom() == null ? "of the whole window" : "since " + calculation.runRateFrom()));
        lines.add(share(
                "gross saving",
                calculation,
                calculation.remaining(),
                finding.standAlone().likely()));
        lines.add(share(
                "at worst",
                calculation,
                calculation.remainingWorst(),
                finding.standAlone().low()));
        lines.add(share(
                "at best",
                calculation,
                calculation.remainingBest(),
                finding.standAlone().high()));
    }

    private static String share(String name, Calculation calculation, BigDecimal remaining, BigDecimal saving) {
        return name + " = " + plain(calculation.whole()) + " x (1 - " + digits(remaining) + ") = " + plain(saving);
    }

    /** What others take of the same cost, and what lies under a commitment. */
    private static void net(AuditedFinding finding, List<Other> others, List<String> lines) {
        BigDecimal freed = finding.freedCommitment() == null ? BigDecimal.ZERO : finding.freedCommitment();
        BigDecimal overlap = finding.standAlone()
                .likely()
                .subtract(finding.counted().likely())
                .subtract(freed);
        String counted = titles(others.stream().filter(other -> other.status() == Status.COUNTED));
        lines.add("net saving = " + plain(finding.standAlone().likely())
                + (overlap.signum() == 0 ? "" : " - " + plain(overlap) + " that " + counted + " saves already")
                + (freed.signum() == 0 ? "" : " - " + plain(freed) + " under a commitment until it expires")
                + (overlap.signum() == 0 && freed.signum() == 0
                        ? ", all of it"
                        : " = " + plain(finding.counted().likely())));
    }

    /** What approving it adds: less than its gross saving where something counts already. */
    private static void decision(AuditedFinding finding, List<Other> others, List<String> lines) {
        if (finding.status() != Status.UNCONFIRMED || finding.decisionAmount() == null) {
            return;
        }
        BigDecimal gross = finding.standAlone().likely();
        BigDecimal less = gross.subtract(finding.decisionAmount());
        BigDecimal freed = finding.decisionFrees() == null ? BigDecimal.ZERO : finding.decisionFrees();
        BigDecimal overlap = less.subtract(freed);
        lines.add("added by your decision = " + plain(gross)
                + (overlap.signum() == 0 ? "" : " - " + plain(overlap) + taken(finding, others))
                + (freed.signum() == 0 ? "" : " - " + plain(freed) + " under a commitment until it expires")
                + (less.signum() == 0 ? ", all of it" : " = " + plain(finding.decisionAmount())));
    }

    /** By what counts already; where nothing does, by other decisions, of which one has the amount of all. */
    private static String taken(AuditedFinding finding, List<Other> others) {
        if (finding.decisionFrees() == null) {
            return ", for which this audit, of an older version, kept no reason";
        }
        String counted = titles(others.stream().filter(other -> other.status() == Status.COUNTED));
        String open = titles(others.stream().filter(other -> other.status() == Status.UNCONFIRMED));
        return !counted.isEmpty()
                ? " that " + counted + " saves already"
                : open.isEmpty() ? " above its run rate" : " that the decision on " + open + " adds";
    }

    private static String titles(Stream<Other> others) {
        return others.map(other -> '"' + other.title() + '"').collect(Collectors.joining(", "));
    }

    /** So many that the product shows the same cents. */
    private static String digits(BigDecimal share) {
        return share.setScale(DIGITS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String plain(BigDecimal amount) {
        return Amounts.grouped(amount, 2);
    }
}
