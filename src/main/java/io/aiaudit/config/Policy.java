package io.aiaudit.config;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.OwnerName;
import io.aiaudit.model.PolicyLine;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.ResourcePolicyBuilder;
import io.aiaudit.model.UserError;
import io.aiaudit.model.UserText;
import io.aiaudit.model.Window;
import io.aiaudit.model.YamlNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may be done to which resource, as the key {@code policy} of aiaudit.yaml says. A later entry wins over an
 * earlier one, key by key.
 */
public final class Policy {
    /** The keys of an entry beside {@code match}, and what each says. */
    public static final Map<String, String> KEYS = keys();

    /** Those of them whose values are words of the user. */
    private static final Set<String> NAMED_BY_USER = Set.of("environment", "owner", "data_class");

    public static final Policy NONE = new Policy(List.of(), Ownership.NONE);

    private final List<Entry> entries;
    private final Ownership ownership;

    private Policy(List<Entry> entries, Ownership ownership) {
        this.entries = List.copyOf(entries);
        this.ownership = ownership;
    }

    /** The same with owners from a file, for what neither the policy nor a tag says. */
    Policy with(Ownership owners) {
        return new Policy(entries, owners);
    }

    /** Who owns a resource where the policy does not say it. */
    public Ownership ownership() {
        return ownership;
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(
                "interruption",
                "yes, no or unspecified: can it be interrupted? A yes allows spot capacity (taken back at any time) "
                        + "for jobs, and schedules (off at set times) for endpoints, instances and notebooks.");
        keys.put("latency", "yes, no or unspecified: is higher latency acceptable, such as cold starts?");
        keys.put(
                "quality",
                "yes, no or unspecified: is a small drop in answer quality acceptable, as with a smaller model?");
        keys.put("residency", "yes, no or unspecified: can its data be processed outside its region?");
        keys.put("commitment", "yes, no or unspecified: is a commitment of one year or more approved?");
        keys.put(
                "allowed_regions", "list of allowed regions, such as eu-* or, with the provider, aws/eu-* and azure/*");
        keys.put("latency_target_ms", "highest acceptable response time in milliseconds");
        keys.put("standby", "true: failover capacity that is idle on purpose");
        keys.put("checkpointed", "true or false: does it resume from checkpoints after an interruption?");
        keys.put("quality_tolerance", "largest acceptable share of worse answers, such as 0.01");
        keys.put("environment", "such as prod or dev");
        keys.put("owner", "contact person or team; default: the tag owner");
        keys.put("data_class", "such as personal or public");
        keys.put("timezone", "such as Europe/Berlin: the time zone of working hours");
        keys.put(
                "excluded_periods",
                "list of START/END (END not included) without normal use, such as holidays; days of timezone, "
                        + "else of UTC");
        return Collections.unmodifiableMap(keys);
    }

    private record Entry(String location, Match match, Map<String, YamlNode> values) {
        Decision decision(String key) {
            YamlNode value = values.get(key);
            return new Decision(value, new PolicyLine(value.location(), match.words()));
        }

        Map<String, Decision> decisions() {
            Map<String, Decision> decisions = new LinkedHashMap<>();
            values.keySet().forEach(key -> decisions.put(key, decision(key)));
            return decisions;
        }
    }

    /** An entry, and how many steps above a resource the nearest one is that it is about. */
    private record Reach(Entry entry, int steps) {
        /** Whether it is about a part alone, and the other one about a whole that has this part. */
        boolean isCloserThan(Reach other, Lineage lineage) {
            return steps < other.steps && !entry.match.matches(lineage.levels().get(other.steps));
        }
    }

    /** A value with the line that decided it. */
    private record Decision(YamlNode value, PolicyLine line) {}

    static Policy of(YamlNode list) {
        List<Entry> entries = new ArrayList<>();
        for (YamlNode node : list.items()) {
            Entry entry = entry(node);
            resourcePolicy(entry.decisions());
            entries.add(entry);
        }
        return new Policy(entries, Ownership.NONE);
    }

    /** This policy and then another one, whose entries win. */
    Policy and(Policy later) {
        List<Entry> both = new ArrayList<>(entries);
        both.addAll(later.entries);
        return new Policy(both, ownership);
    }

    private static Entry entry(YamlNode node) {
        List<String> allowed = new ArrayList<>(KEYS.keySet());
        allowed.add("match");
        node.unknownKeysAgainst(allowed);
        Match match = node.get("match")
                .map(map -> Match.of(map.unknownKeysAgainst(Match.KEYS)))
                .orElse(Match.EVERYTHING);
        Map<String, YamlNode> values = new LinkedHashMap<>();
        KEYS.keySet().forEach(key -> node.get(key).ifPresent(value -> values.put(key, value)));
        return new Entry(node.location(), match, values);
    }

    /**
     * What the entries say about a resource together. What they say of a whole holds for its parts, unless an entry
     * says otherwise of the part alone.
     */
    public ResourcePolicy of(Lineage lineage) {
        Resource resource = lineage.own();
        ResourcePolicy policy = resourcePolicy(decisions(lineage))
                .withUndecided(entries.stream()
                        .filter(entry -> lineage.isUndecided(entry.match))
                        .map(entry -> new PolicyLine(entry.location, entry.match.words()).words())
                        .findFirst()
                        .orElse(null));
        if (policy.owner() != null) {
            return policy;
        }
        String tagged = tagged(resource);
        return policy.withOwner(tagged == null ? OwnerName.of(ownership.owner(resource)) : tagged);
    }

    private static String tagged(Resource resource) {
        return resource.tags().entrySet().stream()
                .filter(tag -> tag.getKey().equalsIgnoreCase("owner"))
                .map(tag -> OwnerName.of(tag.getValue()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * One sentence for each entry that matches nothing, and for each line that later entries undo wherever it holds.
     */
    public List<String> warnings(Collection<Resource> resources) {
        List<String> warnings = new ArrayList<>();
        for (int location = 0; location < entries.size() && !resources.isEmpty(); location++) {
            Entry entry = entries.get(location);
            List<Resource> matched =
                    resources.stream().filter(entry.match::matches).toList();
            if (matched.isEmpty()) {
                warnings.add(entry.location + ": this entry of the policy (" + entry.match.words()
                        + ") matches no resource of this scan.");
                continue;
            }
            List<Entry> later = entries.subList(location + 1, entries.size());
            entry.values.forEach((key, value) -> undoing(key, value, matched, later)
                    .ifPresent(other -> warnings.add(value.location() + ": " + key + ": " + words(value) + " ("
                            + entry.match.words() + ") has no effect, since later entries say otherwise, the last at "
                            + other.location() + ".")));
        }
        return warnings;
    }

    /** What of it the user named freely and a sentence may quote. */
    Stream<UserText> userTexts() {
        return entries.stream()
                .flatMap(entry -> Stream.concat(
                        entry.match.userTexts(entry.location),
                        entry.values.entrySet().stream()
                                .filter(value -> NAMED_BY_USER.contains(value.getKey()))
                                .map(value -> new UserText(
                                        UserText.Part.VALUE, value.getKey() + ": " + words(value.getValue())))));
    }

    /** The line that decides last, where each of these resources has a later one with another value. */
    private static Optional<YamlNode> undoing(String key, YamlNode value, List<Resource> matched, List<Entry> later) {
        YamlNode last = null;
        for (Resource resource : matched) {
            YamlNode other = later.stream()
                    .filter(entry -> entry.values.containsKey(key) && entry.match.matches(resource))
                    .reduce((first, second) -> second)
                    .map(entry -> entry.values.get(key))
                    .orElse(null);
            if (other == null || words(other).equals(words(value))) {
                return Optional.empty();
            }
            last = other;
        }
        return Optional.ofNullable(last);
    }

    private static String words(YamlNode value) {
        return value.isList() ? String.join(", ", value.texts()) : value.text();
    }

    private Map<String, Decision> decisions(Lineage lineage) {
        List<Reach> reaching = entries.stream()
                .map(entry -> new Reach(entry, lineage.steps(entry.match)))
                .filter(reach -> reach.steps >= 0)
                .toList();
        Map<String, Decision> decisions = new LinkedHashMap<>();
        for (String key : KEYS.keySet()) {
            List<Reach> ofKey = reaching.stream()
                    .filter(reach -> reach.entry.values.containsKey(key))
                    .toList();
            if (!ofKey.isEmpty()) {
                decisions.put(key, last(ofKey, lineage).entry.decision(key));
            }
        }
        return decisions;
    }

    /** Which entry wins: the last one, where what is about a whole comes before what is about its part alone. */
    private static Reach last(List<Reach> reaching, Lineage lineage) {
        List<Reach> order = new ArrayList<>();
        for (Reach reach : reaching) {
            int index = 0;
            while (index < order.size() && !order.get(index).isCloserThan(reach, lineage)) {
                index++;
            }
            order.add(index, reach);
        }
        return order.get(order.size() - 1);
    }

    private static ResourcePolicy resourcePolicy(Map<String, Decision> decisions) {
        Map<Ask, Answer> answers = new EnumMap<>(Ask.class);
        for (Ask ask : Ask.values()) {
            if (decisions.containsKey(ask.key())) {
                answers.put(ask, answer(decisions.get(ask.key()).value));
            }
        }
        Map<String, PolicyLine> decidedBy = new LinkedHashMap<>();
        decisions.forEach((key, decision) -> decidedBy.put(key, decision.line));
        Decision latencyTarget = decisions.get("latency_target_ms");
        Decision standby = decisions.get("standby");
        Decision checkpointed = decisions.get("checkpointed");
        Decision tolerance = decisions.get("quality_tolerance");
        return ResourcePolicyBuilder.builder()
                .allowedRegions(texts(decisions, "allowed_regions"))
                .latencyTargetMs(latencyTarget == null ? null : positive(latencyTarget.value))
                .answers(answers)
                .environment(text(decisions, "environment"))
                .owner(OwnerName.of(text(decisions, "owner")))
                .dataClass(text(decisions, "data_class"))
                .standby(standby != null && standby.value.yesOrNo())
                .checkpointed(checkpointed == null ? null : checkpointed.value.yesOrNo())
                .qualityTolerance(tolerance == null ? null : share(tolerance.value))
                .timezone(timezone(decisions.get("timezone")))
                .excludedPeriods(excludedPeriods(decisions))
                .decidedBy(decidedBy)
                .build();
    }

    /** {@code latency: true} means yes: YAML writers use both. */
    private static Answer answer(YamlNode value) {
        if (value.isYesOrNo()) {
            return value.yesOrNo() ? Answer.YES : Answer.NO;
        }
        return Answer.read(value.text())
                .orElseThrow(() -> value.error(
                        "expected yes, no or unspecified, found \"" + value.text() + "\".",
                        DidYouMean.sentence(value.text(), Keyed.keys(Answer.class))));
    }

    private static Double positive(YamlNode value) {
        double milliseconds = value.number().doubleValue();
        if (milliseconds <= 0) {
            throw value.error(
                    "expected milliseconds above 0, found " + value.text() + ".",
                    "Write for example latency_target_ms: 500.");
        }
        return milliseconds;
    }

    private static Double share(YamlNode value) {
        double share = value.number().doubleValue();
        if (share < 0 || share > 1) {
            throw value.error(
                    "expected a share from 0 to 1, found " + value.text() + ".",
                    "Write for example quality_tolerance: 0.01.");
        }
        return share;
    }

    private static String timezone(Decision decision) {
        if (decision == null) {
            return null;
        }
        String zone = decision.value.text();
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw decision.value.error(
                    "there is no time zone \"" + zone + "\".",
                    DidYouMean.closest(zone, ZoneId.getAvailableZoneIds())
                            .map(near -> "Did you mean \"" + near + "\"?")
                            .orElse("Write a name such as Europe/Berlin or UTC."));
        }
        return zone;
    }

    private static List<String> excludedPeriods(Map<String, Decision> decisions) {
        Decision decision = decisions.get("excluded_periods");
        if (decision == null) {
            return List.of();
        }
        for (YamlNode period : decision.value.items()) {
            try {
                Window.parse(period.text());
            } catch (UserError e) {
                throw period.error(
                        "\"" + period.text() + "\" is not a period of days.",
                        "Write START/END, END not included, such as 2026-12-24/2026-12-27.");
            }
        }
        return decision.value.texts();
    }

    private static List<String> texts(Map<String, Decision> decisions, String key) {
        return decisions.containsKey(key) ? decisions.get(key).value.texts() : List.of();
    }

    private static String text(Map<String, Decision> decisions, String key) {
        return decisions.containsKey(key) ? decisions.get(key).value.text() : null;
    }
}
