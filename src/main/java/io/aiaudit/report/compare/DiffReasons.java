package io.aiaudit.report.compare;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Status;
import io.aiaudit.model.Vocabulary;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.PolicyWords;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why a finding is new, gone or not what it was, as far as two audits show it. What was not looked at is unknown,
 * never fixed.
 */
final class DiffReasons {
    private static final String REDEFINED = "The rule or its parameters changed. ";
    private static final String REJECTED_ROWS = "rejected";
    private static final String BILLING = "billing";
    private static final Set<Status> BY_USER = Set.of(Status.ACCEPTED, Status.BLOCKED);
    private final Audit before;
    private final Audit after;
    private final String now;
    private final Set<String> resourcesBefore;
    private final Set<String> resourcesAfter;
    private final ReadAccounts readBefore;
    private final ReadAccounts readAfter;
    private final Map<String, RuleReport> rulesBefore;
    private final Map<String, RuleReport> rulesAfter;

    /** {@code now} is what sentences call the later audit. */
    DiffReasons(Audit before, Audit after, String now) {
        this.before = before;
        this.after = after;
        this.now = now;
        this.resourcesBefore = resources(before);
        this.resourcesAfter = resources(after);
        this.readBefore = new ReadAccounts(before);
        this.readAfter = new ReadAccounts(after);
        this.rulesBefore = rules(before);
        this.rulesAfter = rules(after);
    }

    static Set<String> resources(Audit audit) {
        return audit.resources().stream().map(AuditedResource::resourceId).collect(Collectors.toSet());
    }

    private static Map<String, RuleReport> rules(Audit audit) {
        return audit.rules().stream()
                .collect(Collectors.toMap(RuleReport::id, Function.identity(), (first, second) -> first));
    }

    /** A cause with the sentence that explains it. */
    record Reason(DiffCause cause, String words) {}

    Reason ofNew(AuditedFinding finding) {
        if (before.filter() != null) {
            return new Reason(DiffCause.NOT_EXAMINED_BEFORE, "OLD is filtered by " + before.filter() + ".");
        }
        String seen = Findings.orUnknown(finding.reason());
        RuleReport rule = rulesBefore.get(finding.rule());
        if (!ran(rule)) {
            return new Reason(
                    DiffCause.NOT_EXAMINED_BEFORE, "Not checked in OLD: the rule " + state(rule) + ". " + seen);
        }
        boolean wasThere = resourcesBefore.contains(finding.resourceId());
        if (!wasThere && readBefore.hasBillWithout(finding, readAfter)) {
            return new Reason(DiffCause.NEW, withoutCharge("OLD", finding) + " " + seen);
        }
        if (!wasThere && !readBefore.has(finding) && !isMadeSince(finding)) {
            return new Reason(DiffCause.NOT_EXAMINED_BEFORE, "OLD has " + readBefore.lacks(finding) + ". " + seen);
        }
        if (!wasThere) {
            return isUnread(before, finding)
                    ? new Reason(
                            DiffCause.NOT_EXAMINED_BEFORE,
                            "The resource is not in OLD, which is incomplete there. " + seen)
                    : new Reason(DiffCause.NEW, "The resource was not in OLD. " + seen);
        }
        if (rule.notExaminedResources().contains(finding.resourceId())) {
            return new Reason(DiffCause.NOT_EXAMINED_BEFORE, "OLD could not check it. " + seen);
        }
        return new Reason(DiffCause.NEW, (redefined(finding) ? REDEFINED : "") + seen);
    }

    Reason ofGone(AuditedFinding finding) {
        if (after.filter() != null) {
            return new Reason(
                    DiffCause.NOT_EXAMINED, "Unknown, not fixed: " + now + " is filtered by " + after.filter() + ".");
        }
        RuleReport rule = rulesAfter.get(finding.rule());
        if (!ran(rule)) {
            return new Reason(
                    DiffCause.NOT_EXAMINED, "Unknown, not fixed: in " + now + " the rule " + state(rule) + ".");
        }
        boolean isThere = resourcesAfter.contains(finding.resourceId());
        if (!isThere && readAfter.hasBillWithout(finding, readBefore)) {
            return new Reason(DiffCause.GONE, withoutCharge(now, finding));
        }
        if (!isThere && !readAfter.has(finding)) {
            return new Reason(
                    DiffCause.NOT_EXAMINED, "Unknown, not fixed: " + now + " has " + readAfter.lacks(finding) + ".");
        }
        if (!isThere) {
            return isUnread(after, finding)
                    ? new Reason(
                            DiffCause.NOT_EXAMINED,
                            "The resource is not in " + now
                                    + ", which is incomplete there: it is gone or was not read.")
                    : new Reason(DiffCause.GONE, "The resource is not in " + now + ".");
        }
        if (rule.notExaminedResources().contains(finding.resourceId())) {
            return new Reason(DiffCause.NOT_EXAMINED, "Unknown, not fixed: " + now + " could not check it.");
        }
        if (!rule.namesAllNotExamined()) {
            return new Reason(
                    DiffCause.NOT_EXAMINED,
                    "The rule no longer finds it or could not check it: it could not check "
                            + CountedNoun.of(rule.notExamined(), "resource") + " in " + now + ".");
        }
        return redefined(finding)
                ? new Reason(DiffCause.RULE_CHANGED, REDEFINED + "It no longer finds it.")
                : new Reason(DiffCause.FIXED, "The rule checked it and no longer finds it.");
    }

    private static String withoutCharge(String audit, AuditedFinding finding) {
        return audit + " has the bill of its payer, without a charge of account " + finding.accountId() + ".";
    }

    /** Whether it can't have been there when the earlier audit was made, whatever that read. */
    private boolean isMadeSince(AuditedFinding finding) {
        return after.resources().stream()
                .filter(resource -> resource.resourceId().equals(finding.resourceId()))
                .anyMatch(resource -> resource.createdAt() != null
                        && before.window() != null
                        && !resource.createdAt().isBefore(before.window().end()));
    }

    /**
     * Whether something was not read of its account and region, or where that is unknown: then what is not listed may
     * well be there.
     */
    private static boolean isUnread(Audit audit, AuditedFinding finding) {
        return audit.gaps().stream().anyMatch(gap -> concerns(gap, finding));
    }

    /**
     * A bill that hangs on an account may be that of all accounts. A gap that does not say its account, as in audits of
     * earlier versions, may be about each.
     */
    private static boolean concerns(Gap gap, AuditedFinding finding) {
        boolean otherProvider =
                Vocabulary.CLOUDS.contains(gap.source()) && !gap.source().equals(finding.provider());
        if (otherProvider || gap.source().equals(REJECTED_ROWS)) {
            return false;
        }
        return BILLING.equals(gap.dataset())
                || (mayBe(ResourceIds.accountKey(gap.accountId()), ResourceIds.accountKey(finding.accountId()))
                        && mayBe(gap.region(), finding.region()));
    }

    private static boolean mayBe(String one, String other) {
        return one == null || other == null || one.equals(other);
    }

    /** Whether the rule judges by other conditions or parameters; unknown of an older audit, which does not say. */
    private boolean redefined(AuditedFinding finding) {
        RuleReport was = rulesBefore.get(finding.rule());
        RuleReport is = rulesAfter.get(finding.rule());
        return was != null
                && is != null
                && was.definition() != null
                && is.definition() != null
                && !was.definition().equals(is.definition());
    }

    private static boolean ran(RuleReport rule) {
        return rule != null && rule.state().equals("evaluated");
    }

    private static String state(RuleReport rule) {
        return rule == null ? "was not there" : rule.state().equals("failed") ? "failed" : "was left out";
    }

    Reason ofChanged(AuditedFinding was, AuditedFinding is) {
        List<String> reasons = new ArrayList<>();
        if (was.status() != is.status()) {
            reasons.add(Glossary.word(was.status()) + " became "
                    + Glossary.word(is.status()).toLowerCase(Locale.ROOT) + ": "
                    + sentence(Findings.titled(after, PolicyWords.of(Findings.orUnknown(is.statusReason())))));
        }
        if (was.lever() != is.lever()) {
            reasons.add("Another fix: " + key(is.lever()) + " instead of " + key(was.lever()) + ".");
        }
        if (!AuditDiff.same(was.monthlyCost(), is.monthlyCost())) {
            reasons.add("It costs " + cost(is, after) + " a month instead of " + cost(was, before) + ".");
        }
        if (reasons.isEmpty()) {
            reasons.add("The evidence changed: " + Findings.orUnknown(is.reason()));
        }
        if (redefined(is) && !byUser(was, is)) {
            return new Reason(DiffCause.RULE_CHANGED, REDEFINED + String.join(" ", reasons));
        }
        boolean repriced = was.listPrice() != null
                && is.listPrice() != null
                && !was.listPrice().equals(is.listPrice())
                && !AuditDiff.same(was.monthlyCost(), is.monthlyCost());
        if (repriced) {
            reasons.add("List price " + was.listPrice().words() + " became "
                    + is.listPrice().words() + ".");
        }
        return new Reason(
                repriced && was.status() == is.status() ? DiffCause.PRICE_CHANGED : DiffCause.CHANGED,
                String.join(" ", reasons));
    }

    /** Whether the user accepted it, forbade its fix, or no longer does: then it is not the rule that decided. */
    private static boolean byUser(AuditedFinding was, AuditedFinding is) {
        return was.status() != is.status() && (BY_USER.contains(was.status()) || BY_USER.contains(is.status()));
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private static String cost(AuditedFinding finding, Audit audit) {
        BigDecimal cost = finding.monthlyCost();
        return Amounts.rounded(audit.currency()).money(cost);
    }

    private static String key(Keyed constant) {
        return constant == null ? Amounts.UNKNOWN : constant.key();
    }
}
