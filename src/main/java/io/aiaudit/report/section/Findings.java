package io.aiaudit.report.section;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.SecondOpinion;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Queries about findings that every report needs. */
public final class Findings {
    /** A line of policy as a status reason quotes it. */
    private static final Pattern POLICY_LINE =
            Pattern.compile("`((?:interruption|latency|quality|residency|commitment): yes)`");

    /** The evidence of rules that compare list prices. */
    private static final String COMPARED_AS_OF = "prices_as_of";

    private static final String RULE_ID = "[a-z0-9]+(?:-[a-z0-9]+)*";

    /** The id of the rule in the status reason of a finding beside which another one counts. */
    private static final Pattern OTHER = Pattern.compile("(?<![\\w-])(" + RULE_ID
            + ")(?= was chosen: | is already counted for this resource| would replace this fix)");

    /** The ids of the rules in the verdict on a resource without waste. */
    private static final Pattern CLEAN =
            Pattern.compile("(?<=; )(" + RULE_ID + "(?:, " + RULE_ID + ")*)(?= found no waste\\.)");

    private Findings() {}

    public static List<AuditedFinding> with(Audit audit, Status status) {
        return audit.findings().stream()
                .filter(finding -> finding.status() == status)
                .toList();
    }

    /** What saves money now: a finding that counts may only leave a commitment unused, which is paid until it ends. */
    public static List<AuditedFinding> saving(Audit audit) {
        return with(audit, Status.COUNTED).stream()
                .filter(finding -> !finding.onlyFrees())
                .toList();
    }

    /** What counts and saves nothing before a commitment ends. */
    public static List<AuditedFinding> savingNothingYet(Audit audit) {
        return audit.findings().stream().filter(AuditedFinding::onlyFrees).toList();
    }

    /** Its status as a key; what counts and saves nothing yet is no counted finding for who reads a report. */
    static String state(AuditedFinding finding) {
        return finding.onlyFrees() ? "no_saving_yet" : finding.status().key();
    }

    public static long count(Audit audit, Status status) {
        return audit.findings().stream()
                .filter(finding -> finding.status() == status)
                .count();
    }

    public static String name(AuditedFinding finding) {
        String name = finding.resourceName();
        return name == null || name.isBlank() ? finding.resourceId() : name;
    }

    /** The problem that it is an example of; the id of its rule where an audit has no titles. */
    public static String title(Audit audit, AuditedFinding finding) {
        return audit.rules().stream()
                .filter(rule -> rule.id().equals(finding.rule()) && rule.title() != null)
                .map(Audit.RuleReport::title)
                .findFirst()
                .orElse(finding.rule());
    }

    /**
     * A sentence of the audit as people read it: with the titles of rules for their ids, of several rules without
     * waste their number, and with the currency of its amounts.
     */
    public static String titled(Audit audit, String text) {
        if (text == null) {
            return null;
        }
        String clean = CLEAN.matcher(text).replaceAll(rules -> {
            List<String> ids = List.of(rules.group(1).split(", "));
            return Matcher.quoteReplacement(
                    ids.size() == 1 ? "the rule " + quotedTitle(audit, ids.get(0)) : ids.size() + " rules");
        });
        String named =
                OTHER.matcher(clean).replaceAll(other -> Matcher.quoteReplacement(quotedTitle(audit, other.group(1))));
        return new Amounts(audit.currency()).inProse(named);
    }

    private static String quotedTitle(Audit audit, String id) {
        return audit.rules().stream()
                .filter(rule -> rule.id().equals(id) && rule.title() != null)
                .map(rule -> '"' + rule.title() + '"')
                .findFirst()
                .orElse(id);
    }

    /** Why a finding has its status, as a person reads it. */
    public static String statusReason(Audit audit, AuditedFinding finding) {
        return titled(audit, finding.statusReason());
    }

    /** Whether findings may be in different accounts, so that each has to say where it is. */
    public static boolean inSeveralAccounts(Audit audit) {
        return audit.resources().stream()
                        .filter(resource -> resource.accountId() != null)
                        .map(resource -> resource.provider() + " " + resource.accountId())
                        .distinct()
                        .count()
                > 1;
    }

    /** The account by its name and number, as far as they are known. */
    public static String account(AuditedFinding finding) {
        String id = orUnknown(finding.accountId());
        boolean named = finding.accountName() != null
                && !finding.accountName().isBlank()
                && !finding.accountName().equals(id);
        return !named ? id : finding.accountName() + " (" + id + ")";
    }

    /** Who owns the resources, at most so many by name; unknown where nobody is named. */
    public static String owners(List<AuditedFinding> findings, int most) {
        List<String> owners = findings.stream()
                .map(AuditedFinding::owner)
                .filter(owner -> owner != null && !owner.isBlank())
                .distinct()
                .toList();
        if (owners.isEmpty()) {
            return Amounts.UNKNOWN;
        }
        String named = owners.stream().limit(most).collect(Collectors.joining(", "));
        return owners.size() > most ? named + " and " + Amounts.count(owners.size() - most) + " more" : named;
    }

    public static String orUnknown(String text) {
        return text == null || text.isBlank() ? Amounts.UNKNOWN : text;
    }

    /** Which list price its money is made of, or was compared by, with the day of it. */
    public static Optional<String> priceNote(AuditedFinding finding) {
        if (finding.listPrice() != null) {
            return Optional.of("at list price: " + finding.listPrice().words());
        }
        return comparedAsOf(finding).map(day -> "compared at list prices collected on " + day);
    }

    /** The day of the list prices that it was compared by. */
    static Optional<String> comparedAsOf(AuditedFinding finding) {
        return Optional.ofNullable(finding.evidence())
                .map(evidence -> evidence.get(COMPARED_AS_OF))
                .map(String::valueOf);
    }

    /** How a cloud's own recommendation compares with the finding beside it; empty where none is known. */
    public static String verdict(SecondOpinion opinion, Amounts amounts) {
        if (opinion.verdict() == null) {
            return "";
        }
        return switch (opinion.verdict()) {
            case AGREES -> "agrees";
            case DIFFERS ->
                "differs: it estimates " + amounts.whole(opinion.difference().abs()) + " "
                        + (opinion.difference().signum() < 0 ? "less" : "more");
            case UNKNOWN -> opinion.monthlySaving() == null ? "no amount given" : "cannot be compared";
        };
    }

    /** Whether a line of the policy allowed the fix, and the status reason says which. */
    public static boolean isAllowedByPolicy(AuditedFinding finding) {
        return finding.status() == Status.COUNTED
                && finding.statusReason() != null
                && finding.statusReason()
                        .matches("(?s)(Decide first: \\S+ would replace this fix\\. )?"
                                + "(interruption|latency|quality|residency|commitment): yes\\b.*");
    }

    /** Whether an open question is answered by nothing but lines of policy. */
    public static boolean isPolicyLine(String question) {
        return question.matches("(interruption|latency|quality|residency|commitment): yes(, \\w+: yes)*");
    }

    /** The resources of counted findings that take them away: what improves them counts only if they are kept. */
    public static Set<String> goingAway(Audit audit) {
        return audit.ofResources().stream()
                .filter(finding -> finding.status() == Status.COUNTED)
                .filter(finding -> finding.lever() == Lever.ELIMINATE || finding.lever() == Lever.REPLACE)
                .map(AuditedFinding::resourceId)
                .collect(Collectors.toSet());
    }

    /**
     * The entry of a policy that counts an unconfirmed finding whose question is nothing but lines of policy. It names
     * the resource by its name where no other is called so, else by its exact id.
     */
    public static String policyEntry(Audit audit, AuditedFinding finding) {
        return policyEntry(audit, finding, openQuestion(finding));
    }

    static String policyEntry(Audit audit, AuditedFinding finding, String lines) {
        return "- {match: {" + match(audit, finding) + "}, " + lines + "}";
    }

    private static String match(Audit audit, AuditedFinding finding) {
        String name = name(finding);
        // What is a wildcard in a pattern is a letter in a name that somebody chose.
        boolean byName = isOnlyOneOfItsName(audit, finding) && !name.contains("*") && !name.contains("?");
        return byName ? "resource: " + quoted(name) : "resource_id: " + quoted(finding.resourceId());
    }

    /**
     * What counts a finding that somebody has to check by hand, once he has: an entry of {@code verified}, and where
     * it needs approvals one of the policy.
     */
    public static List<Entry> checkedEntries(Audit audit, AuditedFinding finding) {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(
                "verified",
                "- {rule: " + finding.rule() + ", " + match(audit, finding) + ", reason: checked by hand}"));
        List<Ask> asks = Decision.asks(finding);
        if (!asks.isEmpty()) {
            entries.add(new Entry(
                    "policy",
                    policyEntry(
                            audit,
                            finding,
                            asks.stream().map(ask -> ask.key() + ": yes").collect(Collectors.joining(", ")))));
        }
        return entries;
    }

    /** A line of aiaudit.yaml, with the key that it goes under. */
    public record Entry(String key, String line) {}

    private static boolean isOnlyOneOfItsName(Audit audit, AuditedFinding finding) {
        String name = name(finding);
        return audit.resources().stream()
                        .filter(resource -> name.equals(resource.name()) || name.equals(resource.resourceId()))
                        .count()
                <= 1;
    }

    /** The name, with the region where several resources are called so. */
    public static String distinctName(Audit audit, AuditedFinding finding) {
        return isOnlyOneOfItsName(audit, finding) || finding.region() == null
                ? name(finding)
                : name(finding) + " (" + finding.region() + ")";
    }

    /** As YAML takes any text. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** What would count an unconfirmed finding: the lines of policy if that is all, else why it is not counted. */
    public static String openQuestion(Audit audit, AuditedFinding finding) {
        return titled(audit, openQuestion(finding));
    }

    /** The same with ids of rules, for what only looks for lines of policy. */
    public static String openQuestion(AuditedFinding finding) {
        String reason = orUnknown(finding.statusReason());
        String lines =
                POLICY_LINE.matcher(reason).results().map(MatchResult::group).collect(Collectors.joining(", "));
        boolean more = reason.startsWith("Needs your approval");
        return lines.isEmpty() || !more ? reason : lines.replace("`", "");
    }
}
