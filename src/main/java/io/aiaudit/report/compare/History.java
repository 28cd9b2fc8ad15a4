package io.aiaudit.report.compare;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.VisibleText;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What came of the findings of several audits of one company, in the shape of {@code aiaudit/history/v1}. The day of an
 * audit is the last day of its window; amounts are a month.
 *
 * @param audits the oldest first
 * @param review whether the company is audited each month
 * @param findings every finding that some audit had, the largest amount first
 * @param realized each resource on which findings ended, with what was claimed and what the bill dropped by
 */
public record History(
        String schema,
        String currency,
        boolean demo,
        List<Point> audits,
        Review review,
        List<Lifetime> findings,
        List<Realized> realized,
        Totals totals,
        List<String> warnings) {
    public static final String SCHEMA = "aiaudit/history/v1";

    /** An audit with the file that it is from. */
    public record Named(String file, Audit audit) {}

    /** The figures of one audit; {@code waste} by status. */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    public record Point(
            String file,
            LocalDate day,
            Window window,
            Instant scannedAt,
            BigDecimal monthlyCost,
            BigDecimal monthlyAiCost,
            Map<String, Waste> waste,
            List<String> providers,
            int gaps,
            boolean partial) {
        static Point of(Named named) {
            Audit audit = named.audit();
            Map<String, Waste> waste = new LinkedHashMap<>();
            for (Status status : Status.values()) {
                waste.put(status.key(), Waste.of(audit, status));
            }
            return PointBuilder.builder()
                    .file(named.file())
                    .day(HistoryLifetimes.day(audit))
                    .window(audit.window())
                    .scannedAt(audit.scannedAt())
                    .monthlyCost(audit.totals().monthlyCost())
                    .monthlyAiCost(audit.totals().monthlyAiCost())
                    .waste(waste)
                    .providers(audit.bill().providers().stream()
                            .map(Audit.ProviderBill::provider)
                            .sorted()
                            .toList())
                    .gaps(audit.gaps().size())
                    .partial(audit.partial())
                    .build();
        }

        /** What findings of a status are worth; null where that is unknown. */
        BigDecimal amount(Status status) {
            return waste.get(status.key()).amount();
        }
    }

    /**
     * The findings of one status: counted ones by their net saving, what needs a decision by what approving it adds,
     * all others by their gross saving.
     *
     * @param amount null where nothing is known about savings
     */
    public record Waste(int findings, BigDecimal amount) {
        static Waste of(Audit audit, Status status) {
            List<Audit.AuditedFinding> findings = Findings.with(audit, status);
            if (audit.totals().saving() == null) {
                return new Waste(findings.size(), null);
            }
            return new Waste(
                    findings.size(),
                    Money.sum(findings.stream()
                            .map(Audit.AuditedFinding::monthlyAmount)
                            .filter(Objects::nonNull)
                            .toList()));
        }
    }

    /**
     * Whether there is an audit of each month from the first to the last.
     *
     * @param state yes, partly or no
     * @param months how many months there are from the first to the last
     * @param audited how many of them have an audit
     */
    public record Review(String state, int months, int audited) {
        static Review of(List<Point> points) {
            TreeSet<Integer> audited = new TreeSet<>();
            points.forEach(point ->
                    audited.add(point.day().getYear() * 12 + point.day().getMonthValue()));
            int months = audited.last() - audited.first() + 1;
            String state =
                    months == 1 || audited.size() * 2 < months ? "no" : audited.size() == months ? "yes" : "partly";
            return new Review(state, months, audited.size());
        }

        public String words() {
            return months == 1
                    ? "no, all audits are of one month"
                    : state + ", " + audited + " of " + months + " months have an audit";
        }
    }

    /** Where a finding is now. */
    public enum State implements Keyed {
        OPEN,
        NEEDS_DECISION,
        ACCEPTED,
        BLOCKED,
        /** Examined again without a finding. */
        FIXED,
        /** Gone with its resource. */
        GONE,
        /** Not examined any more: unknown, not fixed. */
        NOT_EXAMINED,
        /** No longer found by a rule that was changed. */
        RULE_CHANGED
    }

    /**
     * The course of one finding.
     *
     * @param decided when it was approved, accepted or blocked; null while it waits
     * @param ended when it was fixed or gone; null while it is not
     * @param amount a month, when it was seen last: net where it counts, what a decision adds, else gross
     */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    public record Lifetime(
            String id,
            String rule,
            String title,
            String provider,
            String accountId,
            String resourceId,
            String resourceName,
            String owner,
            LocalDate firstSeen,
            LocalDate decided,
            LocalDate ended,
            LocalDate lastSeen,
            State state,
            BigDecimal amount,
            int audits,
            List<Event> events) {
        boolean isOpen() {
            return state == State.OPEN || state == State.NEEDS_DECISION;
        }
    }

    /**
     * Something that happened to a finding: new, decided, ignored, ignore_ended, worse, better, price_changed, changed,
     * not_examined, examined_again, fixed, gone, rule_changed, again.
     */
    public record Event(LocalDate day, String what, String words, BigDecimal amount) {}

    /**
     * What the end of findings on one resource brought.
     *
     * @param claimed what the findings claimed a month when they were seen last, once
     * @param costBefore run rate of the resource in that audit
     * @param costAfter run rate in the first audit afterwards that knows it; 0 where the resource is no longer billed
     * @param unit the work that the cost is compared at, such as 1000_requests; null where it is unknown
     * @param useChange use afterwards as a share of that before
     * @param drop costBefore less costAfter
     * @param realized the drop without what less use explains where use is known, else the drop; null where the bill
     * does not show it
     * @param note why it is null, or what replaces what
     */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    public record Realized(
            String resourceId,
            String resourceName,
            List<String> findings,
            List<String> rules,
            LocalDate lastSeen,
            LocalDate ended,
            LocalDate measured,
            BigDecimal claimed,
            BigDecimal costBefore,
            BigDecimal costAfter,
            String unit,
            BigDecimal useChange,
            BigDecimal drop,
            BigDecimal realized,
            String note) {}

    /**
     * The sums.
     *
     * @param claimed by all findings that ended
     * @param claimedMeasured the part of it whose effect the bills show
     * @param realized what the bills dropped by there
     * @param claimedUnmeasured the rest of claimed
     */
    public record Totals(
            int findings,
            int open,
            int ended,
            BigDecimal claimed,
            BigDecimal claimedMeasured,
            BigDecimal realized,
            BigDecimal claimedUnmeasured) {
        static Totals of(List<Lifetime> lifetimes, List<Realized> realized) {
            List<Realized> measured =
                    realized.stream().filter(each -> each.realized() != null).toList();
            BigDecimal claimed =
                    Money.sum(realized.stream().map(Realized::claimed).toList());
            BigDecimal claimedMeasured =
                    Money.sum(measured.stream().map(Realized::claimed).toList());
            return new Totals(
                    lifetimes.size(),
                    (int) lifetimes.stream().filter(Lifetime::isOpen).count(),
                    (int) lifetimes.stream()
                            .filter(lifetime -> lifetime.ended() != null)
                            .count(),
                    claimed,
                    claimedMeasured,
                    Money.sum(measured.stream().map(Realized::realized).toList()),
                    claimed.subtract(claimedMeasured));
        }
    }

    /**
     * Puts audits of one company in order and follows their findings.
     *
     * @throws UserError when they are of several currencies, or only some are of the demo company or redacted
     */
    public static History of(List<Named> all) {
        List<String> warnings = new ArrayList<>();
        checkComparable(all);
        List<Named> audits = inOrder(all, warnings);
        HistoryLifetimes lifetimes =
                HistoryLifetimes.of(audits.stream().map(Named::audit).toList());
        List<Point> points = audits.stream().map(Point::of).toList();
        Named last = audits.get(audits.size() - 1);
        return new History(
                SCHEMA,
                last.audit().currency(),
                last.audit().demo(),
                points,
                Review.of(points),
                lifetimes.lifetimes(),
                lifetimes.realized(),
                Totals.of(lifetimes.lifetimes(), lifetimes.realized()),
                warnings);
    }

    /** A scan and the report of the same scan are one audit. */
    private static List<Named> inOrder(List<Named> all, List<String> warnings) {
        Map<String, Named> first = new LinkedHashMap<>();
        for (Named named : all) {
            String scan = named.audit().window() + " " + named.audit().scannedAt();
            Named other = first.putIfAbsent(scan, named);
            if (other != null) {
                warnings.add(named.file() + " is of the same scan as " + other.file() + " and is left out.");
            }
        }
        return first.values().stream()
                .sorted(Comparator.comparing(
                                (Named named) -> named.audit().window().end())
                        .thenComparing(named -> named.audit().window().start())
                        .thenComparing(
                                named -> named.audit().scannedAt(), Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    private static void checkComparable(List<Named> audits) {
        Named first = audits.get(0);
        for (Named other : audits) {
            if (!Objects.equals(first.audit().currency(), other.audit().currency())) {
                throw new UserError(
                        first.file() + " is in "
                                + VisibleText.of(
                                        Findings.orUnknown(first.audit().currency())) + " and "
                                + other.file() + " in "
                                + VisibleText.of(
                                        Findings.orUnknown(other.audit().currency())) + ".",
                        "Keep audits of one currency in a folder; 'aiaudit scan --currency' chooses it.");
            }
            if (first.audit().demo() != other.audit().demo()) {
                throw new UserError(
                        "of " + first.file() + " and " + other.file() + ", one is about the demo company.",
                        "Keep audits of one company in a folder.");
            }
            if (first.audit().redacted() != other.audit().redacted()) {
                throw new UserError(
                        "of " + first.file() + " and " + other.file()
                                + ", one is redacted: no finding of one is in the other.",
                        "Keep audits with names in one folder and redacted ones, with the same key, in another.");
            }
        }
    }
}
