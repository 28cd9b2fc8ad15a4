package io.aiaudit.report.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What changed from one audit to a later one, in the shape of the JSON contract {@code aiaudit/diff/v1}. Findings are
 * matched by their id, or by what it is made of ({@link SameFindings}). Amounts are a month; a change is what the later
 * audit says less what the earlier one says, null where one of the two is unknown or they are in different currencies.
 */
public record AuditDiff(
        String schema,
        boolean demo,
        @JsonProperty("old") Side before,
        @JsonProperty("new") Side after,
        BigDecimal savingChange,
        Matched findings,
        List<String> warnings) {
    public static final String SCHEMA = "aiaudit/diff/v1";

    private static final Amounts AMOUNTS = Amounts.rounded(null);

    public static final Comparator<Change> LARGEST_FIRST = Comparator.comparing(
                    (Change change) -> change.savingChange() == null
                            ? BigDecimal.ZERO
                            : change.savingChange().abs())
            .thenComparing(change -> change.grossChange().abs())
            .reversed()
            .thenComparing(Change::id);

    /** The figures of one of the two audits. */
    public record Side(
            String toolVersion,
            Window window,
            String currency,
            BigDecimal monthlyAiCost,
            Range saving,
            BigDecimal unconfirmedSaving,
            BigDecimal needsDecision) {
        public static Side of(Audit audit) {
            return new Side(
                    audit.tool().version(),
                    audit.window(),
                    audit.currency(),
                    audit.totals().monthlyAiCost(),
                    audit.totals().saving(),
                    audit.totals().unconfirmedSaving(),
                    audit.totals().toDecide());
        }
    }

    /** The findings that one of the audits has and the other has not, or has otherwise. */
    public record Matched(
            @JsonProperty("new") List<Change> appeared, List<Change> gone, List<Change> changed, int unchanged) {
        /** How many findings of each cause there are and what they change, in one line. */
        public String summary() {
            Map<DiffCause, List<Change>> byCause = byCause();
            return byCause.isEmpty()
                    ? "nothing changed"
                    : byCause.entrySet().stream()
                            .map(each ->
                                    each.getValue().size() + " " + each.getKey().words() + change(each.getValue()))
                            .collect(Collectors.joining(", "));
        }

        private static String change(List<Change> changes) {
            if (changes.stream().anyMatch(change -> change.savingChange() == null)) {
                return "";
            }
            BigDecimal sum =
                    Money.sum(changes.stream().map(Change::savingChange).toList());
            return sum.signum() == 0 ? "" : " (" + (sum.signum() > 0 ? "+" : "") + AMOUNTS.plain(sum) + ")";
        }

        /** The findings of each cause that has some, in the order of the causes, the largest change first. */
        public Map<DiffCause, List<Change>> byCause() {
            Map<DiffCause, List<Change>> byCause = new EnumMap<>(DiffCause.class);
            Stream.of(appeared, gone, changed)
                    .flatMap(List::stream)
                    .forEach(change -> byCause.computeIfAbsent(change.cause(), cause -> new ArrayList<>())
                            .add(change));
            byCause.values().forEach(changes -> changes.sort(LARGEST_FIRST));
            return byCause;
        }
    }

    /**
     * One finding that is not what it was; {@code before} is null for a new one, {@code after} for one that is gone.
     *
     * @param title the problem that the rule looks for
     */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    public record Change(
            String id,
            String rule,
            String title,
            String provider,
            String region,
            String resourceId,
            String resourceName,
            @JsonProperty("old") State before,
            @JsonProperty("new") State after,
            BigDecimal savingChange,
            DiffCause cause,
            String reason) {
        private static final BigDecimal HALF = new BigDecimal("0.5");

        /** The name of the resource, or its id where it has none. */
        public String displayName() {
            return resourceName == null || resourceName.isBlank() ? resourceId : resourceName;
        }

        /** What it would save by itself, as it was seen last; null where it claims no amount. */
        public BigDecimal gross() {
            return last().standAlone();
        }

        /**
         * That it is excluded from totals, with what it would save by itself, where the change of the saving does not
         * show it; else nothing.
         *
         * @param amount how an amount is written
         */
        public String exclusion(Function<BigDecimal, String> amount) {
            boolean isShown = savingChange != null && savingChange.signum() != 0;
            return isShown || last().status() == Status.COUNTED
                    ? ""
                    : ", excluded from the net saving"
                            + (gross() == null ? "" : " (gross " + amount.apply(gross()) + ")");
        }

        private State last() {
            return after == null ? before : after;
        }

        /** By how much what it would save by itself changed; what claims no amount is nothing here. */
        public BigDecimal grossChange() {
            return gross(after).subtract(gross(before));
        }

        private static BigDecimal gross(State state) {
            return state == null || state.standAlone() == null ? Money.NOTHING : state.standAlone();
        }

        /** Whether it changes an amount, in whole units, or the status. */
        public boolean hasEffect() {
            boolean otherStatus = before != null && after != null && before.status() != after.status();
            boolean money = savingChange == null || savingChange.abs().compareTo(HALF) >= 0;
            return otherStatus || money || grossChange().abs().compareTo(HALF) >= 0;
        }
    }

    /**
     * What an audit says about a finding: {@code counted} is its part of the saving, {@code standAlone} what it would
     * save by itself.
     */
    public record State(Status status, Lever lever, BigDecimal counted, BigDecimal standAlone) {
        public static State of(AuditedFinding finding) {
            return new State(
                    finding.status(), finding.lever(), likely(finding.counted()), likely(finding.standAlone()));
        }

        boolean isAs(State other) {
            return status == other.status
                    && lever == other.lever
                    && same(counted, other.counted)
                    && same(standAlone, other.standAlone);
        }
    }

    /** Whether two amounts are one, however many decimals they are written with. */
    static boolean same(BigDecimal first, BigDecimal second) {
        if (first == null || second == null) {
            return first == null && second == null;
        }
        return first.compareTo(second) == 0;
    }

    /**
     * Compares two audits.
     *
     * @throws UserError when one is about the demo company, or is redacted, and the other is not
     */
    public static AuditDiff of(Audit before, Audit after) {
        if (before.demo() != after.demo()) {
            throw new UserError(
                    (before.demo() ? "OLD" : "NEW") + " is about the demo company, " + (before.demo() ? "NEW" : "OLD")
                            + " is about a real one, so they can't be compared.",
                    "Compare two audits of the same company: aiaudit diff may.json june.json");
        }
        if (before.redacted() != after.redacted()) {
            throw new UserError(
                    (before.redacted() ? "OLD" : "NEW") + " is redacted, " + (before.redacted() ? "NEW" : "OLD")
                            + " has names: no finding of one is in the other.",
                    "Give the redacted one its names back: aiaudit unredact AUDIT --key FILE, or redact both with the "
                            + "same key.");
        }
        boolean comparable = Objects.equals(before.currency(), after.currency());
        return new AuditDiff(
                SCHEMA,
                after.demo(),
                Side.of(before),
                Side.of(after),
                comparable
                        ? change(
                                likely(before.totals().saving()),
                                likely(after.totals().saving()))
                        : null,
                findings(before, after, comparable),
                DiffWarnings.of(before, after));
    }

    private static Matched findings(Audit before, Audit after, boolean comparable) {
        DiffReasons reasons = new DiffReasons(before, after, "NEW");
        List<AuditedFinding> old = new ArrayList<>(byId(before).values());
        List<AuditedFinding> current = new ArrayList<>(byId(after).values());
        IdentityHashMap<AuditedFinding, AuditedFinding> earlier =
                SameFindings.of(old, current, DiffReasons.resources(after));
        List<Change> appeared = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        int unchanged = 0;
        for (AuditedFinding finding : current) {
            AuditedFinding was = earlier.get(finding);
            if (was == null) {
                appeared.add(change(after, finding, null, finding, comparable, reasons.ofNew(finding)));
            } else if (State.of(was).isAs(State.of(finding))) {
                unchanged++;
            } else {
                changed.add(change(after, finding, was, finding, comparable, reasons.ofChanged(was, finding)));
            }
        }
        Set<AuditedFinding> matched = Collections.newSetFromMap(new IdentityHashMap<>());
        matched.addAll(earlier.values());
        List<Change> gone = old.stream()
                .filter(was -> !matched.contains(was))
                .map(was -> change(before, was, was, null, comparable, reasons.ofGone(was)))
                .sorted(LARGEST_FIRST)
                .toList();
        appeared.sort(LARGEST_FIRST);
        changed.sort(LARGEST_FIRST);
        return new Matched(List.copyOf(appeared), gone, List.copyOf(changed), unchanged);
    }

    private static Map<String, AuditedFinding> byId(Audit audit) {
        Map<String, AuditedFinding> findings = new LinkedHashMap<>();
        audit.findings().forEach(finding -> findings.putIfAbsent(finding.id(), finding));
        return findings;
    }

    private static Change change(
            Audit audit,
            AuditedFinding named,
            AuditedFinding before,
            AuditedFinding after,
            boolean comparable,
            DiffReasons.Reason reason) {
        return ChangeBuilder.builder()
                .id(named.id())
                .rule(named.rule())
                .title(Findings.title(audit, named))
                .provider(named.provider())
                .region(named.region())
                .resourceId(named.resourceId())
                .resourceName(named.resourceName())
                .before(before == null ? null : State.of(before))
                .after(after == null ? null : State.of(after))
                .savingChange(comparable ? change(counted(before), counted(after)) : null)
                .cause(reason.cause())
                .reason(reason.words())
                .build();
    }

    /** What is not there, and what claims no amount, adds nothing to a saving. */
    private static BigDecimal counted(AuditedFinding finding) {
        return finding == null || finding.counted() == null
                ? Money.NOTHING
                : finding.counted().likely();
    }

    private static BigDecimal likely(Range range) {
        return range == null ? null : range.likely();
    }

    private static BigDecimal change(BigDecimal before, BigDecimal after) {
        return before == null || after == null ? null : after.subtract(before);
    }
}
