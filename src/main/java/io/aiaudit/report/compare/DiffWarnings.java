package io.aiaudit.report.compare;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.Times;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What keeps two audits from being compared as they are. */
public final class DiffWarnings {
    private static final int NAMED = 4;

    private DiffWarnings() {}

    static List<String> of(Audit before, Audit after) {
        List<String> warnings = new ArrayList<>();
        if (!Objects.equals(before.currency(), after.currency())) {
            warnings.add("OLD is in " + Findings.orUnknown(before.currency()) + ", NEW in "
                    + Findings.orUnknown(after.currency()) + ": amounts cannot be compared, only findings.");
        }
        if (before.window().start().isAfter(after.window().start())) {
            warnings.add("OLD is about later days than NEW (" + Times.window(before.window()) + ", "
                    + Times.window(after.window()) + "): are they swapped?");
        }
        areStrangers(before, after)
                .ifPresent(question -> warnings.add("OLD and NEW have no account in common: " + question));
        onlyIn("OLD", before, after, warnings);
        onlyIn("NEW", after, before, warnings);
        incomplete("OLD", before, warnings);
        incomplete("NEW", after, warnings);
        return List.copyOf(warnings);
    }

    /**
     * A question where the two have no account in common: of two companies, or of two keys of pseudonyms, nothing of
     * one is in the other.
     */
    public static Optional<String> areStrangers(Audit before, Audit after) {
        Set<String> old = accounts(before);
        Set<String> now = accounts(after);
        boolean common = old.isEmpty() || now.isEmpty() || !Collections.disjoint(old, now);
        return common
                ? Optional.empty()
                : Optional.of("are they of the same company"
                        + (after.redacted() ? ", and redacted with the same key?" : "?"));
    }

    private static Set<String> accounts(Audit audit) {
        return audit.resources().stream()
                .map(AuditedResource::accountId)
                .map(ResourceIds::accountKey)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static void onlyIn(String name, Audit audit, Audit other, List<String> warnings) {
        Set<String> rules = evaluated(audit);
        rules.removeAll(evaluated(other));
        if (!rules.isEmpty()) {
            warnings.add("Only " + name + " ran " + named(rules) + ": nothing is known about "
                    + (rules.size() == 1 ? "its" : "their") + " findings in " + (name.equals("NEW") ? "OLD" : "NEW")
                    + ".");
        }
    }

    /** A few by their ids, by which 'aiaudit rules show' takes them. */
    private static String named(Set<String> rules) {
        if (rules.size() <= NAMED) {
            return String.join(", ", rules);
        }
        String some = rules.stream().limit(NAMED - 1).collect(Collectors.joining(", "));
        return some + " and " + (rules.size() - NAMED + 1) + " more rules";
    }

    private static Set<String> evaluated(Audit audit) {
        return audit.rules().stream()
                .filter(rule -> rule.state().equals("evaluated"))
                .map(RuleReport::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void incomplete(String name, Audit audit, List<String> warnings) {
        if (audit.partial() || !audit.gaps().isEmpty()) {
            warnings.add(name + " is not complete ("
                    + CountedNoun.of(audit.gaps().size(), "gap")
                    + "): resources that were not read count as not checked.");
        }
    }
}
