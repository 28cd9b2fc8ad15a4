package io.aiaudit.report.compare;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Status;
import io.aiaudit.report.compare.History.Event;
import io.aiaudit.report.compare.History.Lifetime;
import io.aiaudit.report.compare.History.Realized;
import io.aiaudit.report.compare.History.State;
import io.aiaudit.report.section.Findings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Follows each finding through the audits: an audit that did not examine it says nothing of it, so it is compared with
 * the audit that saw it last.
 */
public final class HistoryLifetimes {
    /** From which change of its amount on a finding is worse or better. */
    private static final BigDecimal TENTH = new BigDecimal("0.1");

    private final List<Audit> audits;
    private final List<Course> courses = new ArrayList<>();
    private final Map<String, DiffReasons> reasons = new HashMap<>();

    private HistoryLifetimes(List<Audit> audits) {
        this.audits = audits;
    }

    static HistoryLifetimes of(List<Audit> audits) {
        HistoryLifetimes lifetimes = new HistoryLifetimes(audits);
        for (int number = 0; number < audits.size(); number++) {
            lifetimes.follow(number);
        }
        return lifetimes;
    }

    /** The last day of its window. */
    static LocalDate day(Audit audit) {
        return LocalDate.ofInstant(audit.window().end().minusNanos(1), ZoneOffset.UTC);
    }

    List<Lifetime> lifetimes() {
        return courses.stream()
                .map(course -> course.lifetime(audits))
                .sorted(Comparator.comparing(Lifetime::amount, Comparator.nullsLast(Comparator.reverseOrder()))
                        .thenComparing(Lifetime::id))
                .toList();
    }

    List<Realized> realized() {
        return new RealizedSavings(audits)
                .of(courses.stream()
                        .map(course -> course.end)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private void follow(int number) {
        Audit audit = audits.get(number);
        Map<String, AuditedFinding> present = audit.findings().stream()
                .collect(Collectors.toMap(
                        AuditedFinding::id, Function.identity(), (first, second) -> first, LinkedHashMap::new));
        IdentityHashMap<AuditedFinding, Course> known = new IdentityHashMap<>();
        courses.forEach(course -> known.put(course.last, course));
        IdentityHashMap<AuditedFinding, AuditedFinding> earlier = SameFindings.of(
                courses.stream().map(course -> course.last).toList(), present.values(), DiffReasons.resources(audit));
        Set<AuditedFinding> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.addAll(earlier.values());
        for (Course course : courses) {
            if (!seen.contains(course.last) && !course.hasEnded()) {
                missing(course, number);
            }
        }
        for (AuditedFinding finding : present.values()) {
            AuditedFinding was = earlier.get(finding);
            if (was == null) {
                courses.add(new Course(audit, number, finding));
            } else {
                seen(known.get(was), number, finding);
            }
        }
    }

    private DiffReasons reasons(int before, int after) {
        return reasons.computeIfAbsent(
                before + " " + after,
                key -> new DiffReasons(
                        audits.get(before), audits.get(after), "the audit of " + day(audits.get(after))));
    }

    private void missing(Course course, int number) {
        DiffReasons.Reason reason = reasons(course.lastNumber, number).ofGone(course.last);
        LocalDate day = day(audits.get(number));
        State state = switch (reason.cause()) {
            case FIXED -> State.FIXED;
            case GONE -> State.GONE;
            case RULE_CHANGED -> State.RULE_CHANGED;
            default -> State.NOT_EXAMINED;
        };
        if (course.state != state) {
            course.events.add(new Event(day, state.key(), reason.words(), null));
        }
        course.state = state;
        if (course.hasEnded()) {
            course.end = new RealizedSavings.End(course.last, course.lastNumber, number, state);
        }
    }

    private void seen(Course course, int number, AuditedFinding finding) {
        Audit audit = audits.get(number);
        LocalDate day = day(audit);
        AuditedFinding was = course.last;
        if (course.hasEnded() || course.state == State.NOT_EXAMINED) {
            String what = course.hasEnded() ? "again" : "examined_again";
            course.end = null;
            course.events.add(new Event(day, what, Findings.orUnknown(finding.reason()), finding.monthlyAmount()));
        } else if (was.status() != finding.status()) {
            course.events.add(new Event(
                    day,
                    statusEvent(was.status(), finding.status()),
                    reasons(course.lastNumber, number).ofChanged(was, finding).words(),
                    finding.monthlyAmount()));
        } else {
            DiffReasons.Reason reason = reasons(course.lastNumber, number).ofChanged(was, finding);
            String what = reason.cause() == DiffCause.PRICE_CHANGED
                    ? "price_changed"
                    : amountEvent(gross(was), gross(finding));
            if (what != null) {
                course.events.add(new Event(day, what, reason.words(), finding.monthlyAmount()));
            }
        }
        course.see(audit, number, finding);
    }

    private static String statusEvent(Status was, Status is) {
        if (is == Status.ACCEPTED) {
            return "ignored";
        }
        if (was == Status.ACCEPTED) {
            return "ignore_ended";
        }
        boolean decided = was == Status.UNCONFIRMED && (is == Status.COUNTED || is == Status.BLOCKED);
        return decided ? "decided" : "changed";
    }

    /** By what it would save alone, which no other finding changes; null where it is much as before. */
    private static String amountEvent(BigDecimal was, BigDecimal is) {
        if (was == null || is == null || is.subtract(was).abs().compareTo(was.multiply(TENTH)) < 0) {
            return null;
        }
        return is.compareTo(was) > 0 ? "worse" : is.compareTo(was) < 0 ? "better" : null;
    }

    private static BigDecimal gross(AuditedFinding finding) {
        return finding.standAlone() == null ? null : finding.standAlone().likely();
    }

    /** What is known of one finding so far. */
    private static final class Course {
        private final String title;
        private final LocalDate firstSeen;
        private final List<Event> events = new ArrayList<>();
        private AuditedFinding last;
        private int lastNumber;
        private LocalDate lastSeen;
        private LocalDate decided;
        private State state;

        /** Null while it is open: what comes back has saved nothing after all. */
        private RealizedSavings.End end;

        private int seen;

        Course(Audit audit, int number, AuditedFinding finding) {
            this.title = Findings.title(audit, finding);
            this.firstSeen = day(audit);
            events.add(new Event(firstSeen, "new", Findings.orUnknown(finding.reason()), finding.monthlyAmount()));
            see(audit, number, finding);
        }

        private void see(Audit audit, int number, AuditedFinding finding) {
            boolean allowed = Findings.isAllowedByPolicy(finding)
                    || (finding.status() == Status.COUNTED && last != null && last.status() == Status.UNCONFIRMED);
            boolean settled = allowed || finding.status() == Status.ACCEPTED || finding.status() == Status.BLOCKED;
            lastSeen = day(audit);
            if (settled && decided == null) {
                decided = lastSeen;
            }
            last = finding;
            lastNumber = number;
            seen++;
            state = switch (finding.status()) {
                case ACCEPTED -> State.ACCEPTED;
                case BLOCKED -> State.BLOCKED;
                case UNCONFIRMED -> State.NEEDS_DECISION;
                default -> State.OPEN;
            };
        }

        private boolean hasEnded() {
            return state == State.FIXED || state == State.GONE || state == State.RULE_CHANGED;
        }

        private Lifetime lifetime(List<Audit> audits) {
            return LifetimeBuilder.builder()
                    .id(last.id())
                    .rule(last.rule())
                    .title(title)
                    .provider(last.provider())
                    .accountId(last.accountId())
                    .resourceId(last.resourceId())
                    .resourceName(last.resourceName())
                    .owner(last.owner())
                    .firstSeen(firstSeen)
                    .decided(decided)
                    .ended(end == null ? null : day(audits.get(end.missing())))
                    .lastSeen(lastSeen)
                    .state(state)
                    .amount(last.monthlyAmount())
                    .audits(seen)
                    .events(List.copyOf(events))
                    .build();
        }
    }
}
