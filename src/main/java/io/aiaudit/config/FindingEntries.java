package io.aiaudit.config;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Finding;
import io.aiaudit.model.PolicyLine;
import io.aiaudit.model.Tokens;
import io.aiaudit.model.UserText;
import io.aiaudit.model.YamlNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the user says of single findings, with a reason: the key {@code ignore} of aiaudit.yaml, those that are
 * accepted, or the key {@code verified}, those of low confidence that were checked by hand and are right. An entry
 * about a whole is about its parts, too.
 */
public final class FindingEntries {
    public static final List<String> KEYS =
            List.of("rule", "resource", "resource_id", "tag", "account", "reason", "owner", "until");

    public static final FindingEntries NONE = new FindingEntries("", List.of());

    private final String key;

    private final List<Entry> entries;

    private FindingEntries(String key, List<Entry> entries) {
        this.key = key;
        this.entries = List.copyOf(entries);
    }

    private record Entry(String location, Glob rule, Match match, String reason, String owner, LocalDate until) {
        boolean covers(Finding finding, Lineage lineage) {
            return rule.matches(finding.rule()) && lineage.steps(match) >= 0;
        }

        long count(Collection<Finding> findings, Map<String, Lineage> lineages) {
            return findings.stream()
                    .filter(finding -> covers(finding, lineages.get(finding.resourceId())))
                    .count();
        }

        /** The reason, who answers for it and until when, with the line that says so. */
        String words() {
            return reason + " (" + location + (owner == null ? "" : ", owner " + owner)
                    + (until == null ? "" : ", until " + until) + ")";
        }

        /** The rule and the resources that it names. */
        String about() {
            return Stream.of(
                            rule.pattern().equals("*") ? "" : "rule " + rule.pattern(),
                            match.conditions().isEmpty() ? "" : match.words())
                    .filter(words -> !words.isEmpty())
                    .collect(Collectors.joining(", "));
        }

        /** The last day still counts. */
        boolean expired(LocalDate day) {
            return until != null && day.isAfter(until);
        }
    }

    /** @param key of aiaudit.yaml that has this list, for warnings */
    static FindingEntries of(String key, YamlNode list) {
        return new FindingEntries(
                key, list.items().stream().map(FindingEntries::entry).toList());
    }

    private static Entry entry(YamlNode node) {
        node.unknownKeysAgainst(KEYS);
        Match match = Match.of(node);
        if (node.get("rule").isEmpty() && match.conditions().isEmpty()) {
            throw node.error(
                    "this entry matches everything, because it names neither a rule nor a resource.",
                    "Add rule: <id>, resource: <name>, tag: <name=value> or account: <id>.");
        }
        String reason = node.need("reason").text();
        if (reason.isBlank()) {
            throw node.need("reason")
                    .error("the reason is empty.", "Add a short reason, such as what was agreed or what was checked.");
        }
        Glob rule = new Glob(node.get("rule").map(YamlNode::text).orElse("*"));
        return new Entry(
                node.location(),
                rule,
                match,
                Tokens.hide(reason),
                node.get("owner").map(YamlNode::text).map(Tokens::hide).orElse(null),
                node.get("until").map(FindingEntries::day).orElse(null));
    }

    private static LocalDate day(YamlNode value) {
        try {
            return LocalDate.parse(value.text());
        } catch (DateTimeParseException e) {
            throw value.error("\"" + value.text() + "\" is not a day.", "Write it as 2026-12-31.");
        }
    }

    /**
     * Why the user says so of this finding, with the line; empty when no entry that still holds covers it.
     */
    public Optional<String> reason(Finding finding, Lineage lineage, LocalDate day) {
        return entries.stream()
                .filter(entry -> !entry.expired(day) && entry.covers(finding, lineage))
                .findFirst()
                .map(Entry::words);
    }

    /** The first entry that depends on tags that could not be read; empty where none does. */
    public Optional<String> undecided(Lineage lineage, LocalDate day) {
        return entries.stream()
                .filter(entry -> !entry.expired(day) && lineage.isUndecided(entry.match))
                .findFirst()
                .map(entry -> new PolicyLine(entry.location, entry.match.words()).words());
    }

    /** What of it the user named freely and a sentence may quote. */
    Stream<UserText> userTexts() {
        return entries.stream()
                .flatMap(entry -> Stream.concat(
                        entry.match.userTexts(entry.location),
                        Stream.of(
                                        new UserText(UserText.Part.REASON, entry.reason),
                                        new UserText(UserText.Part.RULE, entry.rule.pattern()),
                                        new UserText(UserText.Part.OWNER, entry.owner))
                                .filter(text -> text.text() != null)));
    }

    /**
     * One sentence for each entry that holds and covers no finding.
     *
     * @param rules those that ran: an entry for another rule says nothing about this scan
     */
    public List<String> unused(
            Collection<Finding> findings, Map<String, Lineage> lineages, Set<String> rules, LocalDate day) {
        return entries.stream()
                .filter(entry -> !entry.expired(day) && rules.stream().anyMatch(entry.rule::matches))
                .filter(entry -> entry.count(findings, lineages) == 0)
                .map(entry -> entry.location + ": the " + key + " entry \"" + entry.reason
                        + "\" matches no finding of this scan (" + entry.about() + ").")
                .toList();
    }

    /** One sentence for each entry of a rule that does not exist, whether it holds or not. */
    public List<String> misspelt(Collection<String> known) {
        return entries.stream()
                .filter(entry -> known.stream().noneMatch(entry.rule::matches))
                .map(entry -> entry.location + ": the " + key + " entry \"" + entry.reason + "\" names the rule \""
                        + entry.rule.pattern() + "\", which does not exist. "
                        + DidYouMean.closest(entry.rule.pattern(), known)
                                .map(near -> "Did you mean \"" + near + "\"?")
                                .orElse("'aiaudit rules list' shows all."))
                .toList();
    }

    /** One sentence for each entry that no longer holds, with how many findings it would cover. */
    public List<String> expired(Collection<Finding> findings, Map<String, Lineage> lineages, LocalDate day) {
        return entries.stream()
                .filter(entry -> entry.expired(day))
                .map(entry -> entry.location + ": the " + key + " entry \"" + entry.reason + "\" ended on "
                        + entry.until + "; " + expired(entry.count(findings, lineages)))
                .toList();
    }

    private static String expired(long covered) {
        return covered == 0
                ? "no finding of this scan is affected."
                : "it no longer applies to " + covered + (covered == 1 ? " finding" : " findings") + " of this scan.";
    }
}
